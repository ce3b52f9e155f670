//! The records behind the figures: sales that nobody made.

use super::members::{CATEGORIES, CHANNELS, CITIES, MONTHS};

/// One sale.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sale {
    /// Its place in the drawing, counted from 1.
    pub number: u32,
    pub month: usize,
    pub city: usize,
    pub category: usize,
    pub channel: usize,
    pub price: u32,
    pub quantity: u32,
    /// Settles what else is asked of it.
    salt: u64,
}

/// Records of a page.
const COUNT: u32 = 420;

/// Draws the records of a page.
pub(super) fn draw_records(draw: &mut dyn FnMut() -> u64) -> Vec<Sale> {
    // Each page leans towards some months, cities and categories, so that no two look alike.
    let leanings = [MONTHS.len(), CITIES.len(), CATEGORIES.len(), CHANNELS.len()].map(|count| lean(count, draw));
    (1..=COUNT).map(|number| draw_record(number, &leanings, draw)).collect()
}

fn draw_record(number: u32, leanings: &[Vec<u64>; 4], draw: &mut dyn FnMut() -> u64) -> Sale {
    let [month, city, category, channel] = leanings.each_ref().map(|weights| pick(weights, draw()));
    let bits = draw();
    let price = 5 + below(bits & 0xffff, 196);
    let quantity = 1 + below((bits >> 16) & 0xffff, 9);
    Sale { number, month, city, category, channel, price, quantity, salt: draw() }
}

/// Weights from 3 to 10.
fn lean(count: usize, draw: &mut dyn FnMut() -> u64) -> Vec<u64> {
    (0..count).map(|_| 3 + draw() % 8).collect()
}

/// The place that the number falls on, where places are as wide as their weights.
fn pick(weights: &[u64], number: u64) -> usize {
    let mut rest = number % weights.iter().sum::<u64>();
    for (place, weight) in weights.iter().enumerate() {
        match rest.checked_sub(*weight) {
            Some(behind) => rest = behind,
            None => return place,
        }
    }
    0
}

fn below(number: u64, bound: u64) -> u32 {
    u32::try_from(number % bound).unwrap_or_default()
}

impl Sale {
    pub const fn sales(&self) -> u32 {
        self.price * self.quantity
    }

    /// A number that is the same for the same record and text.
    pub fn scatter(&self, text: &str) -> usize {
        let mut hash = self.salt;
        for byte in text.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        usize::try_from((hash >> 24) & 0xffff).unwrap_or_default()
    }

    pub fn lies_in_third(&self, text: &str) -> bool {
        self.scatter(text).is_multiple_of(3)
    }
}
