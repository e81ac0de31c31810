//! Afferent and efferent coupling and instability (R. C. Martin, "OO Design Quality Metrics", 1994).

/// Coupling of a module or package.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub struct Coupling {
    /// Ca: how many modules outside import it.
    pub afferent: u32,
    /// Ce: how many modules outside it imports.
    pub efferent: u32,
}

impl Coupling {
    /// I = Ce / (Ca + Ce), 0 stable, 1 unstable; nothing where it is coupled to nobody.
    pub fn instability(self) -> Option<f64> {
        let sum = self.afferent + self.efferent;
        (sum > 0).then(|| f64::from(self.efferent) / f64::from(sum))
    }
}
