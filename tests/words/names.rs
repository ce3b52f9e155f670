//! The names of types and functions of the crate, read by `syn`.
//!
//! Tests are left out, and so are the functions of a trait's `impl`: their names are the trait's.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{
    Attribute, ImplItemFn, ItemEnum, ItemFn, ItemImpl, ItemMacro, ItemMod, ItemStruct, ItemTrait, ItemType, TraitItemFn,
};

/// A struct, enum, trait or alias.
pub struct Type {
    pub name: String,
    pub file: String,
    pub line: usize,
}

/// A function or method.
pub struct Function {
    pub name: String,
    pub file: String,
    pub line: usize,
}

#[derive(Default)]
pub struct Names {
    pub types: Vec<Type>,
    pub functions: Vec<Function>,
    file: String,
}

impl Names {
    /// Reads every file under `src`.
    ///
    /// # Panics
    ///
    /// When a file cannot be read or is no Rust.
    pub fn of_the_crate() -> Self {
        let mut names = Self::default();
        for (file, text) in sources() {
            let parsed = syn::parse_file(&text).expect("a source file is Rust");
            names.file = file;
            if !is_test(&parsed.attrs) {
                names.visit_file(&parsed);
            }
        }
        names
    }

    fn add_type(&mut self, name: &syn::Ident) {
        self.types.push(Type { name: name.to_string(), file: self.file.clone(), line: name.span().start().line });
    }

    fn add_types_among(&mut self, tokens: TokenStream) {
        let mut before_a_name = false;
        for token in tokens {
            match token {
                TokenTree::Ident(word) => {
                    if before_a_name {
                        self.add_type(&word);
                    }
                    before_a_name = word == "enum" || word == "struct";
                }
                TokenTree::Group(group) => {
                    self.add_types_among(group.stream());
                    before_a_name = false;
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => before_a_name = false,
            }
        }
    }

    fn add_function(&mut self, name: &syn::Ident) {
        let line = name.span().start().line;
        self.functions.push(Function { name: name.to_string(), file: self.file.clone(), line });
    }
}

/// Every file under `src` that is none of tests, with its path from the root of the crate.
///
/// # Panics
///
/// When a file cannot be read.
pub fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    files.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a source file can be read");
        let place = path.strip_prefix(root).expect("files of the crate stand in it");
        (place.display().to_string(), text)
    };
    files.into_iter().map(read).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !is_test_file(&path) {
            files.push(path);
        }
    }
}

fn is_test_file(path: &Path) -> bool {
    path.file_stem().and_then(|stem| stem.to_str()).is_some_and(|stem| stem == "tests" || stem.ends_with("_tests"))
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|one| {
        let name = one.path();
        name.is_ident("test")
            || (name.is_ident("cfg") && one.parse_args::<syn::Ident>().is_ok_and(|condition| condition == "test"))
    })
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    // A macro of the house (`worded!`, `refusals!`) has its types among its tokens.
    fn visit_item_macro(&mut self, item: &'ast ItemMacro) {
        self.add_types_among(item.mac.tokens.clone());
    }

    fn visit_item_struct(&mut self, item: &'ast ItemStruct) {
        self.add_type(&item.ident);
    }

    fn visit_item_enum(&mut self, item: &'ast ItemEnum) {
        self.add_type(&item.ident);
    }

    fn visit_item_type(&mut self, item: &'ast ItemType) {
        self.add_type(&item.ident);
    }

    fn visit_item_trait(&mut self, item: &'ast ItemTrait) {
        self.add_type(&item.ident);
        visit::visit_item_trait(self, item);
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        if item.trait_.is_none() {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        if !is_test(&item.attrs) {
            self.add_function(&item.sig.ident);
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        if !is_test(&item.attrs) {
            self.add_function(&item.sig.ident);
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        self.add_function(&item.sig.ident);
        visit::visit_trait_item_fn(self, item);
    }
}
