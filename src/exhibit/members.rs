//! The members of the columns, in both languages of the pages.

use crate::call::Language;

/// The one that is in the language.
pub(super) const fn pick<T: Copy>(language: Language, english: T, chinese: T) -> T {
    match language {
        Language::English => english,
        Language::Chinese => chinese,
    }
}

/// A word in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub english: &'static str,
    pub chinese: &'static str,
}

impl Word {
    pub const fn in_language(self, language: Language) -> &'static str {
        pick(language, self.english, self.chinese)
    }

    pub fn is_written(self, text: &str) -> bool {
        self.english.eq_ignore_ascii_case(text) || self.chinese == text
    }
}

pub(super) const fn word(english: &'static str, chinese: &'static str) -> Word {
    Word { english, chinese }
}

pub(super) static MONTHS: &[Word] = &[
    word("Jan", "1月"),
    word("Feb", "2月"),
    word("Mar", "3月"),
    word("Apr", "4月"),
    word("May", "5月"),
    word("Jun", "6月"),
];

pub(super) static CHANNELS: &[Word] = &[word("Online", "线上"), word("Store", "门店"), word("Partner", "渠道商")];

pub(super) static CATEGORIES: &[Word] = &[
    word("Appliances", "家电"),
    word("Books", "图书"),
    word("Clothing", "服装"),
    word("Groceries", "食品"),
    word("Toys", "玩具"),
];

/// Each city stands where its province stands in [`PROVINCES`], two of them to a province.
pub(super) static CITIES: &[Word] = &[
    word("Hangzhou", "杭州"),
    word("Ningbo", "宁波"),
    word("Guangzhou", "广州"),
    word("Shenzhen", "深圳"),
    word("Chengdu", "成都"),
    word("Mianyang", "绵阳"),
    word("Jinan", "济南"),
    word("Qingdao", "青岛"),
];

pub(super) static PROVINCES: &[Word] =
    &[word("Zhejiang", "浙江"), word("Guangdong", "广东"), word("Sichuan", "四川"), word("Shandong", "山东")];

pub(super) static REGIONS: &[Word] =
    &[word("East", "华东"), word("South", "华南"), word("West", "西南"), word("North", "华北")];
