//! `annalist serve`: the account in a browser.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use ::lake::Lake;
use anyhow::{Context, bail};
use clap::Args;
use web::{App, Settings, Tiles};

use super::{Where, runtime, say_mended, shown};
use crate::Done;

/// Arguments of `annalist serve`.
#[derive(Args)]
pub struct ServeArguments {
    #[command(flatten)]
    place: Where,
    /// The port to listen on; 0 for any that is free.
    #[arg(long, value_name = "N", default_value_t = 8457)]
    port: u16,
    /// The address to listen on. One beyond this machine takes --public.
    #[arg(long, value_name = "ADDR", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Let others ask: shelters, hospitals and homes are told to the district, private persons go unnamed, one sentence a claim
    /// is quoted, restricted rows stay out, and nothing can be added or decided.
    #[arg(long)]
    public: bool,
    /// A name under which the server is asked, besides localhost; may be given several times.
    #[arg(long = "name", value_name = "HOST")]
    names: Vec<String>,
    /// Where to keep the index of words of a lake that has no folder of its own.
    #[arg(long, value_name = "DIR")]
    index: Option<PathBuf>,
    /// A map of your own beneath the incidents: a `PMTiles` file, of vector tiles as Protomaps makes them or of pictures.
    #[arg(long, value_name = "FILE.pmtiles")]
    tiles: Option<PathBuf>,
}

/// Runs the command.
pub fn run(arguments: &ServeArguments) -> anyhow::Result<Done> {
    if !arguments.host.is_loopback() && !arguments.public {
        bail!(
            "{} is an address that others can reach: say --public, and answers are coarsened and nothing can be changed; or \
             leave --host out, and only this machine is answered",
            arguments.host
        );
    }
    let tiles = arguments.tiles.as_deref().map(Tiles::open).transpose()?;
    let runtime = runtime()?;
    let address = arguments.place.address()?;
    let served = runtime.block_on(async {
        // Who reads reports in a browser may begin with none.
        let lake = if arguments.public { Lake::open(address).await? } else { Lake::open_or_create(address).await? };
        say_mended(&lake);
        let place = shown(lake.address());
        let index = match &arguments.index {
            Some(folder) => Some(folder.clone()),
            None => super::search::cache_folder(&lake).ok(),
        };
        let settings = Settings {
            public: arguments.public,
            index,
            by: whoami::username(),
            hosts: arguments.names.clone(),
            tiles,
            allow_private_addresses: false,
        };
        let listen = SocketAddr::new(arguments.host, arguments.port);
        let listener = tokio::net::TcpListener::bind(listen)
            .await
            .with_context(|| format!("listening on {listen}; try another --port, or --port 0 for any that is free"))?;
        let app = App::open(lake, settings).await.map_err(|problem| anyhow::anyhow!(problem.words))?;
        eprintln!("annalist: serving {place} at http://{}/ (stop with ctrl-c)", listener.local_addr()?);
        web::serve(app, listener, told_to_stop()).await.context("serving")
    });
    // What is still being looked at beside is not waited for: a lake is whole whenever its process ends.
    runtime.shutdown_background();
    served?;
    Ok(Done::Clean)
}

/// Until the keyboard or the system says so. Where no signal can be waited for, the server ends with its process.
async fn told_to_stop() {
    let keyboard = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut system) = signal(SignalKind::terminate()) {
            tokio::select! {
                () = keyboard => {}
                _ = system.recv() => {}
            }
            return;
        }
    }
    keyboard.await;
}
