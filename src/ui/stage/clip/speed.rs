//! How fast a clip plays, as the menu offers it.

/// Times the clip's own speed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speed {
    Quarter,
    Half,
    ThreeQuarters,
    Normal,
    Faster,
    Double,
}

impl Speed {
    pub const ALL: [Self; 6] =
        [Self::Quarter, Self::Half, Self::ThreeQuarters, Self::Normal, Self::Faster, Self::Double];

    pub const fn factor(self) -> f32 {
        match self {
            Self::Quarter => 0.25,
            Self::Half => 0.5,
            Self::ThreeQuarters => 0.75,
            Self::Normal => 1.0,
            Self::Faster => 1.5,
            Self::Double => 2.0,
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::Quarter => "0.25×",
            Self::Half => "0.5×",
            Self::ThreeQuarters => "0.75×",
            Self::Normal => "1×",
            Self::Faster => "1.5×",
            Self::Double => "2×",
        }
    }
}
