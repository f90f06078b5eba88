//! Documents to annotated sentences: tokens, tags, trees, names, by one small neural model.
