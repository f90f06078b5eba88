//! Pages written as PDF: text with its font, rules, pictures, links to the notes and back, an outline, and what the file says of
//! itself.

use model::When;
use pdf_writer::types::{ActionType, AnnotationType};
use pdf_writer::{Content, Date, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use present::paper::Paper;

use crate::PdfError;
use crate::faces::{Face, Used, packed, shown};
use crate::figure::File;
use crate::layout::{PAGE, Page, Pages, SIDE};
use crate::line::{Run, Target};

/// What made it.
const MAKER: &str = concat!("annalist ", env!("CARGO_PKG_VERSION"));

/// The bytes of the file.
pub fn write(paper: &Paper, pages: &Pages) -> Result<Vec<u8>, PdfError> {
    let mut pdf = Pdf::new();
    pdf.set_version(1, 7);
    let mut next = Ref::new(1);
    let (catalog, tree, outline, info, metadata) = (next.bump(), next.bump(), next.bump(), next.bump(), next.bump());
    let fonts = [next.bump(), next.bump()];
    let pictures: Vec<Ref> = pages.pictures.iter().map(|_| next.bump()).collect();
    let ids: Vec<Ref> = pages.each.iter().map(|_| next.bump()).collect();

    let title = shown(&paper.title);
    let mut root = pdf.catalog(catalog);
    root.pages(tree).outlines(outline).metadata(metadata).lang(TextStr("en"));
    root.viewer_preferences().display_doc_title(true);
    root.finish();
    let mut about = pdf.document_info(info);
    about.title(TextStr(&title)).creator(TextStr(MAKER)).producer(TextStr(MAKER));
    if let Some(day) = paper.as_of.and_then(date) {
        about.creation_date(day);
    }
    about.finish();
    pdf.metadata(metadata, properties(&title, paper.as_of).as_bytes());
    let count = i32::try_from(ids.len()).unwrap_or(i32::MAX);
    pdf.pages(tree).kids(ids.iter().copied()).count(count);

    let mut file = File { pdf, next, fonts, used: Used::default() };
    for (picture, id) in pages.pictures.iter().zip(&pictures) {
        picture.write(&mut file, *id);
    }
    let File { mut pdf, mut next, mut used, .. } = file;
    for (at, page) in pages.each.iter().enumerate() {
        let content = packed(&content(page, pages, &mut used));
        let stream = next.bump();
        pdf.stream(stream, &content).filter(Filter::FlateDecode);
        let links = links(&mut pdf, &mut next, page, pages, &ids);
        let mut written = pdf.page(ids[at]);
        written.parent(tree).media_box(Rect::new(0.0, 0.0, PAGE.0, PAGE.1)).contents(stream);
        if !links.is_empty() {
            written.annotations(links);
        }
        let mut resources = written.resources();
        let mut faces = resources.fonts();
        for (face, id) in Face::ALL.into_iter().zip(fonts) {
            faces.pair(face.name(), id);
        }
        faces.finish();
        let mut objects = resources.x_objects();
        for (picture, _) in &page.pictures {
            objects.pair(Name(format!("X{picture}").as_bytes()), pictures[*picture]);
        }
        objects.finish();
        resources.finish();
        written.finish();
    }
    used.write(&mut pdf, &mut next, fonts)?;
    outlined(&mut pdf, &mut next, outline, pages, &ids);
    Ok(pdf.finish())
}

/// What is drawn on a page.
fn content(page: &Page, pages: &Pages, used: &mut Used) -> Vec<u8> {
    let mut content = Content::new();
    for rule in &page.rules {
        content.set_stroke_gray(rule.gray).set_line_width(rule.thick);
        content.move_to(rule.x.0, PAGE.1 - rule.y).line_to(rule.x.1, PAGE.1 - rule.y).stroke();
    }
    for (picture, [x, y, width, height]) in &page.pictures {
        let drawn = &pages.pictures[*picture];
        content.save_state();
        content.transform([width / drawn.width, 0.0, 0.0, height / drawn.height, *x, PAGE.1 - y - height]);
        // What a reader who sees no pictures is told.
        let mut marked = content.begin_marked_content_with_properties(Name(b"Span"));
        marked.properties().actual_text(TextStr(&shown(&drawn.caption)));
        marked.finish();
        content.x_object(Name(format!("X{picture}").as_bytes()));
        content.end_marked_content();
        content.restore_state();
    }
    for (at, (x, y, run)) in page.runs.iter().enumerate() {
        let glyphs = used.glyphs(run.face, &run.text);
        content.begin_text();
        content.set_fill_gray(run.gray).set_font(run.face.name(), run.size);
        content.set_text_matrix([1.0, 0.0, 0.0, 1.0, *x, PAGE.1 - y + run.rise]);
        content.show(Str(&glyphs));
        // A blank that is taken along when words are copied.
        #[expect(clippy::float_cmp, reason = "runs of one line have the same number, not a near one")]
        let parted = page.runs.get(at + 1).is_none_or(|(other, line, _)| line != y || *other > x + run.width + 0.01);
        if parted {
            content.show(Str(&used.glyphs(run.face, " ")));
        }
        content.end_text();
    }
    content.finish().as_slice().to_vec()
}

/// Writes a page's links; their ids.
fn links(pdf: &mut Pdf, next: &mut Ref, page: &Page, pages: &Pages, ids: &[Ref]) -> Vec<Ref> {
    let mut links = Vec::new();
    for (x, y, run) in &page.runs {
        let Some(to) = &run.to else { continue };
        let place = match to {
            Target::Note(note) => pages.notes.get(note),
            Target::Back(note) => pages.references.get(note),
            Target::Web(_) => None,
        };
        let is_web = matches!(to, Target::Web(_));
        if place.is_none() && !is_web {
            continue;
        }
        let id = next.bump();
        let mut link = pdf.annotation(id);
        link.subtype(AnnotationType::Link).rect(around(*x, *y, run)).border(0.0, 0.0, 0.0, None);
        let mut action = link.action();
        match (to, place) {
            (Target::Web(address), _) => {
                action.action_type(ActionType::Uri).uri(Str(address.as_bytes()));
            }
            (_, Some((number, down))) => {
                action.action_type(ActionType::GoTo);
                action.destination().page(ids[*number]).xyz(SIDE, PAGE.1 - down + 4.0, None);
            }
            _ => {}
        }
        action.finish();
        link.finish();
        links.push(id);
    }
    links
}

/// Where a run can be touched; a small number a little beyond its letters.
fn around(x: f32, y: f32, run: &Run) -> Rect {
    let base = PAGE.1 - y + run.rise;
    let (more, over) = if run.rise > 0.0 { (1.0, 1.0) } else { (0.0, 0.0) };
    Rect::new(x - more, base - run.size * 0.25 - over, x + run.width + more, base + run.size * 0.8 + over)
}

/// The outline: sections, and their parts below them.
fn outlined(pdf: &mut Pdf, next: &mut Ref, root: Ref, pages: &Pages, ids: &[Ref]) {
    // Each heading with its parent, as a position; parts belong to the section before them.
    let mut section = None;
    let headings: Vec<(Ref, Option<usize>)> = pages
        .headings
        .iter()
        .enumerate()
        .map(|(at, (level, ..))| {
            if *level == 2 {
                section = Some(at);
            }
            (next.bump(), section.filter(|_| *level > 2))
        })
        .collect();
    let children =
        |of: Option<usize>| -> Vec<usize> { (0..headings.len()).filter(|&at| headings[at].1 == of).collect() };
    let top = children(None);
    let mut outline = pdf.outline(root);
    if let (Some(first), Some(last)) = (top.first(), top.last()) {
        outline.first(headings[*first].0).last(headings[*last].0);
        outline.count(i32::try_from(top.len()).unwrap_or(i32::MAX));
    }
    outline.finish();
    for siblings in std::iter::once(top.clone()).chain(top.iter().map(|at| children(Some(*at)))) {
        for (place, &at) in siblings.iter().enumerate() {
            let (id, parent) = headings[at];
            let (_, words, number, down) = &pages.headings[at];
            let mut item = pdf.outline_item(id);
            item.title(TextStr(&shown(words))).parent(parent.map_or(root, |parent| headings[parent].0));
            if let Some(before) = place.checked_sub(1) {
                item.prev(headings[siblings[before]].0);
            }
            if let Some(after) = siblings.get(place + 1) {
                item.next(headings[*after].0);
            }
            let parts = children(Some(at));
            if let (Some(first), Some(last)) = (parts.first(), parts.last()) {
                // Closed: a number below zero.
                item.first(headings[*first].0).last(headings[*last].0);
                item.count(-i32::try_from(parts.len()).unwrap_or(i32::MAX));
            }
            item.dest().page(ids[*number]).xyz(SIDE, PAGE.1 - down + 8.0, None);
        }
    }
}

fn date(when: When) -> Option<Date> {
    let day = when.date();
    let part = |value: i8| u8::try_from(value).ok();
    Some(Date::new(u16::try_from(day.year()).ok()?).month(part(day.month())?).day(part(day.day())?))
}

/// What the file says of itself, as XMP.
fn properties(title: &str, as_of: Option<When>) -> String {
    let mut escaped = String::new();
    for c in title.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            c => escaped.push(c),
        }
    }
    let day = as_of.map_or(String::new(), |day| format!("<xmp:CreateDate>{}</xmp:CreateDate>", day.date()));
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF \
         xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"><dc:title><rdf:Alt><rdf:li \
         xml:lang=\"en\">{escaped}</rdf:li></rdf:Alt></dc:title><dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language>\
         <xmp:CreatorTool>{MAKER}</xmp:CreatorTool>{day}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>"
    )
}
