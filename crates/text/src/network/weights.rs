//! The weights file: named matrices of 8-bit integers and of floats (safetensors).

use safetensors::{Dtype, SafeTensors};

use crate::TextError;

/// The file of the encoder and its heads.
pub const FILE: &str = "model.safetensors";

/// The file of the tagger of causes.
pub const CAUSES_FILE: &str = "causes.safetensors";

/// Matrices by name.
pub struct Weights<'a> {
    file: &'static str,
    tensors: SafeTensors<'a>,
}

impl<'a> Weights<'a> {
    /// Reads the header; the matrices stay where they are.
    pub fn parse(file: &'static str, bytes: &'a [u8]) -> Result<Self, TextError> {
        let tensors = SafeTensors::deserialize(bytes)
            .map_err(|e| TextError::Model { file, why: format!("it is no safetensors file: {e}") })?;
        Ok(Self { file, tensors })
    }

    /// An error about this file.
    pub fn broken(&self, why: String) -> TextError {
        TextError::Model { file: self.file, why }
    }

    /// Whether there is a matrix of that name.
    pub fn has(&self, name: &str) -> bool {
        self.tensors.tensor(name).is_ok()
    }

    /// A matrix of floats and its shape.
    pub fn floats(&self, name: &str) -> Result<(Vec<f32>, Vec<usize>), TextError> {
        let (data, shape) = self.raw(name, Dtype::F32)?;
        let values = data.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        Ok((values, shape))
    }

    /// A row of floats, as many as given.
    pub fn row(&self, name: &str, length: usize) -> Result<Vec<f32>, TextError> {
        let (values, _) = self.floats(name)?;
        if values.len() != length {
            return Err(self.broken(format!("`{name}` has {} entries where {length} belong", values.len())));
        }
        Ok(values)
    }

    /// A matrix of 8-bit integers, its rows and columns.
    pub fn integers(&self, name: &str) -> Result<(Vec<i8>, [usize; 2]), TextError> {
        let (data, shape) = self.raw(name, Dtype::I8)?;
        let &[rows, columns] = shape.as_slice() else {
            return Err(self.broken(format!("`{name}` is no matrix")));
        };
        Ok((data.iter().map(|b| b.cast_signed()).collect(), [rows, columns]))
    }

    fn raw(&self, name: &str, dtype: Dtype) -> Result<(&[u8], Vec<usize>), TextError> {
        let tensor = self.tensors.tensor(name).map_err(|_| self.broken(format!("it has no `{name}`")))?;
        if tensor.dtype() != dtype {
            return Err(self.broken(format!("`{name}` is {:?} where {dtype:?} belongs", tensor.dtype())));
        }
        Ok((tensor.data(), tensor.shape().to_vec()))
    }
}
