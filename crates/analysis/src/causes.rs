//! Judgements of cause and effect as a signed, dated, attributed graph.
