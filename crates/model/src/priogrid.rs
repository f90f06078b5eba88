//! PRIO-GRID: half-degree cells over the whole globe, by which data on conflict are joined to data on place.
//!
//! Cells are numbered from the south-west corner, 1 to 259,200, 720 a row, eastwards and then northwards (Tollefsen,
//! Strand and Buhaug 2012, "PRIO-GRID: A unified spatial data structure"). A point on the border of two cells belongs to
//! the one north or east of it; data sets that compute cells from rounded coordinates may have it in the other.

/// Cells in a row, 0.5 degrees each.
const COLUMNS: u32 = 720;
/// Rows from pole to pole.
const ROWS: u32 = 360;

/// The cell of a point in degrees; `None` where that is no point on the globe. The 180th meridian is its western name,
/// and the north pole lies in the northernmost row.
pub fn priogrid(lat: f64, lon: f64) -> Option<u32> {
    if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded above")]
    let (row, column) = (((lat + 90.0) * 2.0).floor() as u32, ((lon + 180.0) * 2.0).floor() as u32);
    Some(row.min(ROWS - 1) * COLUMNS + column % COLUMNS + 1)
}

/// The centre of a cell: latitude and longitude in degrees. `None` where there is no such cell.
pub fn cell_centre(gid: u32) -> Option<(f64, f64)> {
    if !(1..=COLUMNS * ROWS).contains(&gid) {
        return None;
    }
    let (row, column) = ((gid - 1) / COLUMNS, (gid - 1) % COLUMNS);
    Some((f64::from(row) / 2.0 - 89.75, f64::from(column) / 2.0 - 179.75))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_holds_its_centre() {
        for gid in 1..=COLUMNS * ROWS {
            let (lat, lon) = cell_centre(gid).unwrap();
            assert_eq!(priogrid(lat, lon), Some(gid));
        }
        assert_eq!(cell_centre(0), None);
        assert_eq!(cell_centre(259_201), None);
    }

    #[test]
    fn corners_and_what_is_no_point() {
        assert_eq!(priogrid(-90.0, -180.0), Some(1));
        assert_eq!(priogrid(89.9, 179.9), Some(259_200));
        assert_eq!(priogrid(90.0, 179.9), Some(259_200));
        assert_eq!(priogrid(0.1, 180.0), priogrid(0.1, -180.0));
        // Kel, on the line of control, as UCDP has it.
        assert_eq!(priogrid(34.821_865, 74.355_544), Some(179_789));
        for (lat, lon) in [(90.1, 0.0), (0.0, 180.1), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
            assert_eq!(priogrid(lat, lon), None);
        }
    }
}
