//! Pictures that lead a phone to the join page.

use qrcode::render::{svg, unicode};
use qrcode::{EcLevel, QrCode};

fn code(address: &str) -> Option<QrCode> {
    QrCode::with_error_correction_level(address, EcLevel::M).ok()
}

/// As SVG; empty, where the address is too long for any.
pub(crate) fn svg(address: &str) -> String {
    let drawn = code(address).map(|code| {
        code.render::<svg::Color<'_>>()
            .min_dimensions(240, 240)
            .quiet_zone(true)
            .build()
    });
    drawn.unwrap_or_default()
}

/// As lines for a terminal, dark on light.
pub(crate) fn terminal(address: &str) -> String {
    let drawn = code(address).map(|code| {
        code.render::<unicode::Dense1x2>()
            .dark_color(unicode::Dense1x2::Light)
            .light_color(unicode::Dense1x2::Dark)
            .quiet_zone(true)
            .build()
    });
    drawn.unwrap_or_default()
}
