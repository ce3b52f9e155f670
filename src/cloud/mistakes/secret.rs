//! Mistakes about the secret, which every recipe has.

use super::{Mistake, Schemes, Slip};
use crate::sign::encode_base64;

pub static ROWS: &[Mistake] = &[
    Mistake {
        name: "newline-in-secret",
        schemes: Schemes::Every,
        says: "The secret was used with a line break at its end.",
        advice: "Trim the secret after reading it from a file or a pipe.",
        slips: &[Slip::Secret(|of| ["\n", "\r\n", "\r", "\n\n"].map(|end| format!("{}{end}", of.secret)).to_vec())],
    },
    Mistake {
        name: "blank-in-secret",
        schemes: Schemes::Every,
        says: "The secret was used with blanks before or after it.",
        advice: "Trim the secret before signing.",
        slips: &[Slip::Secret(|of| {
            let secret = of.secret;
            vec![
                format!("{secret} "),
                format!(" {secret}"),
                format!(" {secret} "),
                format!("{secret}\t"),
                format!("\t{secret}"),
            ]
        })],
    },
    Mistake {
        name: "quotes-in-secret",
        schemes: Schemes::Every,
        says: "The secret was used with the quotes that stand around it in a file.",
        advice: "Take the quotes away when reading the secret, or leave them out of the file.",
        slips: &[Slip::Secret(|of| ['"', '\'', '`'].map(|quote| format!("{quote}{}{quote}", of.secret)).to_vec())],
    },
    Mistake {
        name: "invisible-sign-in-secret",
        schemes: Schemes::Every,
        says: "The secret was used with a sign beside it that nobody sees: a byte order mark or a space without width.",
        advice: "Type the secret anew, or save its file without a byte order mark.",
        slips: &[Slip::Secret(|of| {
            let marks = ['\u{feff}', '\u{200b}', '\u{a0}', '\0'];
            marks.iter().flat_map(|mark| [format!("{mark}{}", of.secret), format!("{}{mark}", of.secret)]).collect()
        })],
    },
    Mistake {
        name: "empty-secret",
        schemes: Schemes::Every,
        says: "The secret was empty.",
        advice: "Check that the variable with the secret is set where the client runs.",
        slips: &[Slip::Secret(|_| vec![String::new()])],
    },
    Mistake {
        name: "unset-secret",
        schemes: Schemes::Every,
        says: "A word that stands for no value, such as `undefined`, was used as the secret.",
        advice: "Check that the variable with the secret is set where the client runs.",
        slips: &[Slip::Secret(|_| {
            ["undefined", "null", "None", "nil", "<nil>", "NaN", "[object Object]"].map(str::to_owned).to_vec()
        })],
    },
    Mistake {
        name: "id-and-secret-swapped",
        schemes: Schemes::Every,
        says: "The secret was sent as the id, and the id was used as the secret.",
        advice: "Swap the two where the client is set up, and do not use a secret on that was sent to a real service.",
        slips: &[Slip::Secret(|of| if of.is_swapped() { vec![of.id.to_owned()] } else { Vec::new() })],
    },
    Mistake {
        name: "id-as-secret",
        schemes: Schemes::Every,
        says: "The id of the key was used as the secret.",
        advice: "Sign with the secret that belongs to the id.",
        slips: &[Slip::Secret(|of| if of.is_swapped() { Vec::new() } else { vec![of.id.to_owned()] })],
    },
    Mistake {
        name: "secret-of-another-key",
        schemes: Schemes::Every,
        says: "The secret of another key of this vendor was used.",
        advice: "Take id and secret from the same key.",
        slips: &[Slip::Secret(|of| of.siblings.iter().map(|secret| (*secret).to_owned()).collect())],
    },
    Mistake {
        name: "secret-of-another-vendor",
        schemes: Schemes::Every,
        says: "The secret of a key of another vendor was used.",
        advice: "Take id and secret from the same key of the vendor that is called.",
        slips: &[Slip::Secret(|of| of.strangers.iter().map(|secret| (*secret).to_owned()).collect())],
    },
    Mistake {
        name: "secret-in-other-case",
        schemes: Schemes::Every,
        says: "The secret was used in lower or upper case throughout.",
        advice: "Use the secret as it is: its letters are case-sensitive.",
        slips: &[Slip::Secret(|of| vec![of.secret.to_lowercase(), of.secret.to_uppercase()])],
    },
    Mistake {
        name: "secret-cut-short",
        schemes: Schemes::Every,
        says: "The secret was used without its first or its last character.",
        advice: "Copy the secret anew, from its first to its last character.",
        slips: &[Slip::Secret(|of| {
            let all = || of.secret.chars();
            let but_last = all().take(all().count().saturating_sub(1)).collect();
            vec![all().skip(1).collect(), but_last]
        })],
    },
    Mistake {
        name: "secret-pasted-twice",
        schemes: Schemes::Every,
        says: "The secret was used twice in a row, as when it is pasted twice.",
        advice: "Remove one of the two.",
        slips: &[Slip::Secret(|of| vec![of.secret.repeat(2)])],
    },
    Mistake {
        name: "secret-encoded",
        schemes: Schemes::Every,
        says: "The secret was used in Base64 or hex.",
        advice: "Use the plain secret: a secret that a tool keeps in Base64 has to be decoded first.",
        slips: &[Slip::Secret(|of| {
            let bytes = of.secret.as_bytes();
            vec![
                encode_base64(bytes),
                format!("{}\n", encode_base64(bytes)),
                hex::encode(bytes),
                hex::encode_upper(bytes),
            ]
        })],
    },
    Mistake {
        name: "secret-with-its-name",
        schemes: Schemes::Every,
        says: "The secret was used together with the name in front of it, as the line of a file has it.",
        advice: "Use only what stands behind the name.",
        slips: &[Slip::Secret(|of| {
            let names = ["SecretKey", "secretKey", "secret_key", "SECRET_KEY", "secret", "SECRET", "Bearer"];
            let line = |name: &&str| ["=", ":", ": ", " "].map(|mark| format!("{name}{mark}{}", of.secret));
            names.iter().flat_map(line).collect()
        })],
    },
];
