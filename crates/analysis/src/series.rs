//! Counts and sums over time, by dyad, party or place, with the coverage that they rest on.
