//! Pictures of a campaign as SVG.
//!
//! Each is a light card with its own ground, so that it reads on a light page and on a dark one. What
//! colour says, a place, a shape or a word says too.

mod chance;
mod distribution;
mod scale;
mod tornado;

pub use chance::chances;
pub use distribution::distribution;
pub use tornado::tornado;

use crate::clean;
use plotters::coord::Shift;
use plotters::prelude::{
    DrawingArea, IntoDrawingArea, IntoTextStyle, PathElement, RGBColor, Rectangle, SVGBackend,
    ShapeStyle, Text, WHITE,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// The width of a picture, in pixels.
const WIDTH: i32 = 820;
const INK: RGBColor = RGBColor(32, 33, 36);
const FAINT: RGBColor = RGBColor(110, 114, 122);
const GRID: RGBColor = RGBColor(218, 220, 226);
const BLUE: RGBColor = RGBColor(31, 91, 158);
const PALE: RGBColor = RGBColor(158, 190, 224);
const RUST: RGBColor = RGBColor(176, 66, 27);

/// What is drawn on.
struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

/// Drawing into a text has nothing that could fail.
const NO_FAILURE: &str = "drawing into a text does not fail";

impl Canvas<'_> {
    fn line(&self, points: Vec<(i32, i32)>, colour: RGBColor, width: u32) {
        let style = ShapeStyle::from(colour).stroke_width(width);
        let path = PathElement::new(points, style);
        self.area.draw(&path).expect(NO_FAILURE);
    }

    /// A line of dashes, straight up.
    fn dashes(&self, x: i32, top: i32, bottom: i32, colour: RGBColor) {
        for from in (top..bottom).step_by(8) {
            self.line(vec![(x, from), (x, (from + 5).min(bottom))], colour, 2);
        }
    }

    fn bar(&self, corner: (i32, i32), other: (i32, i32), colour: RGBColor) {
        let bar = Rectangle::new([corner, other], ShapeStyle::from(colour).filled());
        self.area.draw(&bar).expect(NO_FAILURE);
    }

    fn text(&self, text: &str, at: (i32, i32), (size, colour): (i32, RGBColor), to: HPos) {
        // Fonts come out smaller by 1.24 than they are asked for.
        let font = ("sans-serif", f64::from(size) * 1.24).into_text_style(&self.area);
        let style = font.color(&colour).pos(Pos::new(to, VPos::Center));
        let text = Text::new(clean(text), at, style);
        self.area.draw(&text).expect(NO_FAILURE);
    }

    fn title(&self, title: &str, under: &str) {
        self.text(&cut(title, 88), (20, 24), (16, INK), HPos::Left);
        self.text(under, (20, 46), (12, FAINT), HPos::Left);
    }
}

/// A picture of this height with a title for those who do not see it.
fn picture(height: i32, title: &str, draw: impl FnOnce(&Canvas<'_>)) -> String {
    let mut svg = String::new();
    {
        let size = (WIDTH.unsigned_abs(), height.unsigned_abs());
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        area.fill(&WHITE).expect(NO_FAILURE);
        let canvas = Canvas { area };
        draw(&canvas);
        canvas.area.present().expect(NO_FAILURE);
    }
    let escaped = clean(title).replace('&', "&amp;").replace('<', "&lt;");
    let start = svg
        .find("<svg")
        .and_then(|at| Some(at + svg[at..].find('>')? + 1));
    if let Some(at) = start {
        svg.insert_str(at, &format!("\n<title>{escaped}</title>"));
    }
    svg
}

/// A text cut to so many signs.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    kept.trim_end().to_owned() + "\u{2026}"
}
