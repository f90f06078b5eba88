//! Sentences a second: the whole stage on one thread and on two, and its parts that are rules alone.

use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use text::{TextModel, Worker, sentences};

/// Ten sentences of 25 words or so, written for this.
const NEWS: &str = "Officials in the border district of Khost said on Monday that jets had struck two houses before dawn, killing at least nine people, most of them women and children. \
The army did not comment on the report, but a security official in Islamabad, who spoke on condition of anonymity, said that the raid had hit a militant camp. \
Kabul summoned the ambassador within hours and handed him a note that described the attack as a clear breach of the accord signed in Doha last month. \
Traders at the Torkham crossing, which has been closed since the middle of October, said that 1,200 trucks loaded with fruit, cement and medicine were still waiting in line. \
The United Nations mission called on both sides to show restraint and said that it had recorded 37 civilian deaths along the frontier in the past three weeks. \
Pakistan accuses its neighbour of sheltering the fighters who have carried out nearly 600 attacks in two years, a charge that the authorities in Kabul have always denied. \
In a statement sent to reporters, the group said that its men had attacked three posts in South Waziristan on Friday night and claimed to have killed dozens of soldiers. \
Qatar and Türkiye, which brokered the ceasefire of 19 October, have invited both delegations to a third round of talks that should begin in Istanbul on Thursday. \
Analysts doubt that further strikes would change the calculation of the movement's leaders, who see the border question as a matter of honour and not of policy. \
Residents of the town of Spin Boldak said that shelling had resumed after midnight and that several families had already left for Kandahar on foot or in hired trucks.";

fn benches(c: &mut Criterion) {
    let model = TextModel::embedded().expect("the embedded model loads");
    let worker = Worker::new();
    let count = sentences::split(NEWS).ends.len() as u64;

    let mut group = c.benchmark_group("text");
    group.measurement_time(Duration::from_secs(8)).sample_size(20);
    group.throughput(Throughput::Elements(count));
    group.bench_function("annotate, one thread", |b| b.iter(|| model.annotate(NEWS, &worker)));
    group.throughput(Throughput::Elements(2 * count));
    let workers = [Worker::new(), Worker::new()];
    group.bench_function("annotate, two threads", |b| {
        b.iter(|| std::thread::scope(|s| workers.iter().for_each(|w| drop(s.spawn(|| model.annotate(NEWS, w))))));
    });
    group.throughput(Throughput::Elements(count));
    group.bench_function("sentences and words", |b| b.iter(|| sentences::split(NEWS)));
    group.finish();

    let mut group = c.benchmark_group("start");
    group.sample_size(10);
    group.bench_function("load the model", |b| b.iter(TextModel::embedded));
    group.finish();
}

criterion_group!(text, benches);
criterion_main!(text);
