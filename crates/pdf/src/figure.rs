//! A picture as shapes: what `chart` draws as SVG, letters and all, written as paths of PDF.

use chart::usvg::layout::{PositionedGlyph, Span};
use chart::usvg::tiny_skia_path::{PathSegment, Transform};
use chart::usvg::{self, Node, Paint};
use pdf_writer::types::{LineCapStyle, LineJoinStyle, PaintType, TextRenderingMode, TilingType};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str};
use present::paper::Figure;

use crate::PdfError;
use crate::faces::{Face, Used, packed};

/// A picture.
pub struct Picture {
    tree: usvg::Tree,
    /// In points of its own.
    pub width: f32,
    /// In points of its own.
    pub height: f32,
    /// What it shows, in words.
    pub caption: String,
}

impl Picture {
    /// The picture of a figure.
    pub fn of(figure: &Figure) -> Result<Self, PdfError> {
        let wrong = |source| PdfError::Figure { name: figure.name, source };
        let tree = chart::tree(&figure.wide).map_err(wrong)?;
        let size = tree.size();
        Ok(Self { width: size.width(), height: size.height(), caption: figure.caption.clone(), tree })
    }

    /// Writes it under an id, one point a point, its lower left corner where it is placed.
    pub fn write(&self, file: &mut File, id: Ref) {
        let mut drawing = Drawing::default();
        let flip = Transform::from_row(1.0, 0.0, 0.0, -1.0, 0.0, self.height);
        let content = drawing.content(file, &self.tree, self.tree.root(), flip);
        drawing.form(file, id, &content, Rect::new(0.0, 0.0, self.width, self.height));
    }
}

/// The file that is written.
pub struct File {
    /// Its objects.
    pub pdf: Pdf,
    /// The id of the next object.
    pub next: Ref,
    /// The fonts.
    pub fonts: [Ref; 2],
    /// Letters that are used.
    pub used: Used,
}

/// What a drawing names in its resources.
#[derive(Default)]
struct Drawing {
    patterns: Vec<Ref>,
    /// Opacities of filling and stroking, in thousandths.
    opacities: Vec<(u32, u32)>,
}

impl Drawing {
    fn content(&mut self, file: &mut File, tree: &usvg::Tree, group: &usvg::Group, at: Transform) -> Vec<u8> {
        let mut content = Content::new();
        content.transform(row(at));
        self.group(file, tree, group, (at, 1.0), &mut content);
        packed(&content.finish())
    }

    fn form(&self, file: &mut File, id: Ref, content: &[u8], bounds: Rect) {
        let states: Vec<Ref> = self.opacities.iter().map(|_| file.next.bump()).collect();
        let mut form = file.pdf.form_xobject(id, content);
        form.filter(Filter::FlateDecode);
        form.bbox(bounds);
        let mut resources = form.resources();
        let mut patterns = resources.patterns();
        for (at, pattern) in self.patterns.iter().enumerate() {
            patterns.pair(Name(format!("P{at}").as_bytes()), *pattern);
        }
        patterns.finish();
        let mut faces = resources.fonts();
        for (face, font) in Face::ALL.into_iter().zip(file.fonts) {
            faces.pair(face.name(), font);
        }
        faces.finish();
        let mut graphics = resources.ext_g_states();
        for (at, state) in states.iter().enumerate() {
            graphics.pair(Name(format!("G{at}").as_bytes()), *state);
        }
        graphics.finish();
        resources.finish();
        form.finish();
        for ((fill, stroke), state) in self.opacities.iter().zip(states) {
            file.pdf
                .ext_graphics(state)
                .non_stroking_alpha(*fill as f32 / 1000.0)
                .stroking_alpha(*stroke as f32 / 1000.0);
        }
    }

    fn group(
        &mut self,
        file: &mut File,
        tree: &usvg::Tree,
        group: &usvg::Group,
        (at, opacity): (Transform, f32),
        content: &mut Content,
    ) {
        let opacity = opacity * group.opacity().get();
        for node in group.children() {
            match node {
                Node::Group(inner) => {
                    content.save_state();
                    content.transform(row(inner.transform()));
                    let inside = (at.pre_concat(inner.transform()), opacity);
                    self.group(file, tree, inner, inside, content);
                    content.restore_state();
                }
                Node::Path(path) if path.is_visible() => self.path(file, tree, path, (at, opacity), content),
                Node::Text(text) => {
                    text.layouted().iter().for_each(|span| self.text(file, tree, span, opacity, content));
                }
                Node::Path(_) | Node::Image(_) => {}
            }
        }
    }

    /// Text as text, so that it can be found and copied. Its outline, which parts it from what is below, is drawn first.
    fn text(&mut self, file: &mut File, tree: &usvg::Tree, span: &Span, opacity: f32, content: &mut Content) {
        if !span.visible {
            return;
        }
        let paints = [
            span.stroke
                .as_ref()
                .map(|stroke| (TextRenderingMode::Stroke, color(stroke.paint()), stroke.opacity().get())),
            span.fill.as_ref().map(|fill| (TextRenderingMode::Fill, color(fill.paint()), fill.opacity().get())),
        ];
        for (mode, [r, g, b], of_paint) in paints.into_iter().flatten() {
            content.save_state();
            self.opacity(of_paint * opacity, of_paint * opacity, content);
            content.set_fill_rgb(r, g, b).set_stroke_rgb(r, g, b);
            if let Some(stroke) = span.stroke.as_ref().filter(|_| mode == TextRenderingMode::Stroke) {
                content.set_line_width(stroke.width().get()).set_line_join(LineJoinStyle::RoundJoin);
            }
            content.begin_text().set_text_rendering_mode(mode);
            glyphs(file, tree, &span.positioned_glyphs, content);
            content.end_text();
            content.restore_state();
        }
    }

    fn path(
        &mut self,
        file: &mut File,
        tree: &usvg::Tree,
        path: &usvg::Path,
        (at, opacity): (Transform, f32),
        content: &mut Content,
    ) {
        let (inside, stroke) = (path.fill(), path.stroke());
        if inside.is_none() && stroke.is_none() {
            return;
        }
        content.save_state();
        let of_fill = inside.map_or(1.0, |fill| fill.opacity().get()) * opacity;
        let of_stroke = stroke.map_or(1.0, |stroke| stroke.opacity().get()) * opacity;
        self.opacity(of_fill, of_stroke, content);
        if let Some(fill) = inside {
            match fill.paint() {
                Paint::Pattern(pattern) => {
                    let name = self.pattern(file, tree, pattern, at);
                    content.set_fill_color_space(pdf_writer::types::ColorSpaceOperand::Pattern);
                    content.set_fill_pattern([], Name(name.as_bytes()));
                }
                paint => {
                    let [r, g, b] = color(paint);
                    content.set_fill_rgb(r, g, b);
                }
            }
        }
        if let Some(stroke) = stroke {
            let [r, g, b] = color(stroke.paint());
            content.set_stroke_rgb(r, g, b);
            content.set_line_width(stroke.width().get());
            content.set_line_cap(match stroke.linecap() {
                usvg::LineCap::Butt => LineCapStyle::ButtCap,
                usvg::LineCap::Round => LineCapStyle::RoundCap,
                usvg::LineCap::Square => LineCapStyle::ProjectingSquareCap,
            });
            content.set_line_join(match stroke.linejoin() {
                usvg::LineJoin::Round => LineJoinStyle::RoundJoin,
                usvg::LineJoin::Bevel => LineJoinStyle::BevelJoin,
                usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => LineJoinStyle::MiterJoin,
            });
            if let Some(dashes) = stroke.dasharray() {
                content.set_dash_pattern(dashes.iter().copied(), stroke.dashoffset());
            }
        }
        shape(path, content);
        let even_odd = inside.is_some_and(|fill| fill.rule() == usvg::FillRule::EvenOdd);
        match (inside.is_some(), stroke.is_some()) {
            (true, true) if even_odd => content.fill_even_odd_and_stroke(),
            (true, true) => content.fill_nonzero_and_stroke(),
            (true, false) if even_odd => content.fill_even_odd(),
            (true, false) => content.fill_nonzero(),
            (false, _) => content.stroke(),
        };
        content.restore_state();
    }

    fn opacity(&mut self, fill: f32, stroke: f32, content: &mut Content) {
        let wanted = (thousandths(fill), thousandths(stroke));
        if wanted == (1000, 1000) {
            return;
        }
        let at = self.opacities.iter().position(|known| *known == wanted).unwrap_or_else(|| {
            self.opacities.push(wanted);
            self.opacities.len() - 1
        });
        content.set_parameters(Name(format!("G{at}").as_bytes()));
    }

    /// Writes a pattern; what it is called here.
    fn pattern(&mut self, file: &mut File, tree: &usvg::Tree, pattern: &usvg::Pattern, at: Transform) -> String {
        let id = file.next.bump();
        let mut drawing = Drawing::default();
        let content = drawing.content(file, tree, pattern.root(), Transform::identity());
        let rect = pattern.rect();
        // A pattern's place is told from where the drawing began, not from where it is used.
        let place = at.pre_concat(pattern.transform()).pre_translate(rect.x(), rect.y());
        let mut tile = file.pdf.tiling_pattern(id, &content);
        tile.filter(Filter::FlateDecode);
        tile.paint_type(PaintType::Colored)
            .tiling_type(TilingType::ConstantSpacing)
            .bbox(Rect::new(0.0, 0.0, rect.width(), rect.height()))
            .x_step(rect.width())
            .y_step(rect.height())
            .matrix(row(place));
        tile.resources();
        tile.finish();
        self.patterns.push(id);
        format!("P{}", self.patterns.len() - 1)
    }
}

/// Glyphs in runs: what follows on along the same line is one string, with small moves where letters are drawn together.
fn glyphs(file: &mut File, tree: &usvg::Tree, all: &[PositionedGlyph], content: &mut Content) {
    let placed = all.iter().filter_map(|glyph| {
        let bold = tree.fontdb().face(glyph.font).is_some_and(|face| face.weight.0 >= 600);
        let face = if bold { Face::Bold } else { Face::Regular };
        let c = glyph.text.chars().next()?;
        // A letter that the font lacks is marked, not left out.
        let known = face.has(c);
        let number = if known { u16::try_from(glyph.id.0).ok()? } else { face.glyph('?')? };
        let new = file.used.glyph(face, number, if known { c } else { '?' })?;
        let t = glyph.outline_transform();
        let size = glyph.font_size();
        let to_em = size / t.sx.hypot(t.ky).max(f32::EPSILON);
        Some((face, new, face.advance(number) * size, size, t.pre_scale(to_em / size, to_em / size)))
    });
    let mut run: Vec<(u16, f32)> = Vec::new();
    // Where the run begins, in which face and size; and where its pen is.
    let mut start: Option<(Face, f32, Transform)> = None;
    let mut pen = 0.0_f32;
    let show = |content: &mut Content, run: &mut Vec<(u16, f32)>, start: Option<(Face, f32, Transform)>| {
        let Some((face, size, t)) = start.filter(|_| !run.is_empty()) else { return };
        content.set_font(face.name(), size).set_text_matrix(row(t));
        let mut shown = content.show_positioned();
        let mut items = shown.items();
        for (glyph, moved) in run.drain(..) {
            if moved.abs() > 0.5 {
                items.adjust(-moved);
            }
            items.show(Str(&glyph.to_be_bytes()));
        }
    };
    for (face, glyph, advance, size, t) in placed {
        let follows = start.and_then(|(of, was, from)| {
            let same = of == face
                && (was - size).abs() < 0.01
                && (from.ty - t.ty).abs() < 0.01
                && t.ky.abs() < 1e-4
                && from.ky.abs() < 1e-4;
            let moved = t.tx - from.tx - pen;
            (same && moved.abs() < size).then_some(moved)
        });
        let moved = follows.unwrap_or_else(|| {
            show(content, &mut run, start);
            start = Some((face, size, t));
            pen = 0.0;
            0.0
        });
        run.push((glyph, moved / size * 1000.0));
        pen += moved + advance;
    }
    show(content, &mut run, start);
}

fn thousandths(share: f32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of one")]
    let whole = (share.clamp(0.0, 1.0) * 1000.0).round() as u32;
    whole
}

fn shape(path: &usvg::Path, content: &mut Content) {
    let mut last = (0.0, 0.0);
    for segment in path.data().segments() {
        match segment {
            PathSegment::MoveTo(p) => {
                content.move_to(p.x, p.y);
                last = (p.x, p.y);
            }
            PathSegment::LineTo(p) => {
                content.line_to(p.x, p.y);
                last = (p.x, p.y);
            }
            PathSegment::QuadTo(c, p) => {
                // A curve of one handle as one of two.
                let towards = |from: f32, handle: f32| from + (handle - from) * 2.0 / 3.0;
                let (x1, y1) = (towards(last.0, c.x), towards(last.1, c.y));
                content.cubic_to(x1, y1, towards(p.x, c.x), towards(p.y, c.y), p.x, p.y);
                last = (p.x, p.y);
            }
            PathSegment::CubicTo(a, b, p) => {
                content.cubic_to(a.x, a.y, b.x, b.y, p.x, p.y);
                last = (p.x, p.y);
            }
            PathSegment::Close => {
                content.close_path();
            }
        }
    }
}

fn color(paint: &Paint) -> [f32; 3] {
    match paint {
        Paint::Color(c) => [c.red, c.green, c.blue].map(|part| f32::from(part) / 255.0),
        // Figures have no gradients; whatever else comes is black, so that it is seen.
        _ => [0.0; 3],
    }
}

fn row(t: Transform) -> [f32; 6] {
    [t.sx, t.ky, t.kx, t.sy, t.tx, t.ty]
}
