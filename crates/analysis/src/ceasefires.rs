//! Ceasefires as objects: their terms, their clocks, alleged breaches, how long they held.
