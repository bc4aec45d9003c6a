//! Whether what findings propose is tried.

use crate::commands::Format;
use crate::commands::campaign::play::stopped;
use hotwash_app::Judged;
use hotwash_engine::campaign::Advice;

/// The options by which a command is told whether to try proposals.
#[derive(Debug, clap::Args)]
pub(crate) struct Trying {
    /// Try nothing, and propose nothing
    #[arg(long)]
    no_advice: bool,
    /// Try what findings propose for `--format json` too, which is left out there otherwise
    #[arg(long, conflicts_with = "no_advice")]
    advice: bool,
}

impl Trying {
    /// Trying what is proposed, unless nobody wants it.
    pub(crate) const fn unless(no_advice: bool) -> Self {
        Self {
            no_advice,
            advice: false,
        }
    }

    /// What the findings of a judged record propose, tried where that is asked for.
    pub(crate) fn of(&self, judged: &Judged, format: Format) -> Option<Advice> {
        let asked = match format {
            Format::Json => self.advice,
            Format::Text => !self.no_advice,
        };
        let threads = std::thread::available_parallelism().map_or(1, Into::into);
        asked.then(|| judged.advice(threads, stopped())).flatten()
    }
}
