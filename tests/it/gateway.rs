//! The gateway: who comes in, and which of several mistakes is answered.

use ticketbooth::call::RawRequest;
use ticketbooth::cloud::vendor_named;
use ticketbooth::domain::Timestamp;
use ticketbooth::emulator::{AuthClock, AuthMode, Emulator, RateClock, RateLimits, Settings};
use ticketbooth::pipeline;
use ticketbooth::reply::Reply;
use ticketbooth::sandbox::clock;
use ticketbooth::world::World;

use crate::kit::{NOON, NOON_UNIX, code, demo, json, raw};
use crate::signer::{ALIBABA_KEY, Acs3, LOOPBACK, Rpc, TENCENT_KEY, Tc3, V1};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";
const ASKED: &str = "{\"ProjectId\":117}";

fn settings() -> Settings {
    Settings { auth_clock: AuthClock::World, clock: Some(NOON.parse().unwrap()), ..Settings::new(World::demo()) }
}

/// The code of the refusal in the reply, whatever its form; `none` for a success.
fn code_of(reply: &Reply) -> String {
    let text = String::from_utf8(reply.body.to_vec()).unwrap();
    match text.split_once("<Code>") {
        Some((_, after)) => after.split_once('<').unwrap().0.to_owned(),
        None => {
            let body = json(reply);
            let inner = if body["Response"].is_object() { &body["Response"] } else { &body };
            code(inner).to_owned()
        }
    }
}

fn serve(emulator: &Emulator, request: &RawRequest) -> String {
    code_of(&pipeline::serve(emulator, request))
}

fn message(emulator: &Emulator, request: &RawRequest) -> String {
    let body = json(&pipeline::serve(emulator, request));
    body["Response"]["Error"]["Message"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned()
}

fn tc3() -> RawRequest {
    Tc3::at(NOON_UNIX).post("CreateEmbedToken", ASKED)
}

fn rpc() -> Rpc {
    Rpc::at(NOON_UNIX).with("WorksId", WORK)
}

fn acs3() -> RawRequest {
    Acs3::at(NOON_UNIX).post("CreateTicket", &[("WorksId", WORK)])
}

/// Gives the header another value, or takes it away.
fn set(request: &mut RawRequest, name: &str, value: Option<&str>) {
    let others = request.headers.iter().filter(|(known, _)| *known != name);
    let mut lines: Vec<(String, String)> = others.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    lines.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    request.headers = lines.into_iter().collect();
}

fn replace(request: &mut RawRequest, name: &str, from: &str, to: &str) {
    let value = request.header(name).unwrap_or("").replace(from, to);
    if request.header(name).is_some() {
        set(request, name, Some(&value));
    }
}

#[test]
fn every_recipe_lets_a_well_signed_call_in() {
    let emulator = demo(AuthMode::Strict);
    let v1 = || V1::at(NOON_UNIX).with("ProjectId", "117");
    let requests = [
        tc3(),
        Tc3::at(NOON_UNIX).get("CreateEmbedToken", "ProjectId=117&ExtraParam=%E6%B9%96+%2B"),
        v1().get("CreateEmbedToken"),
        v1().post("CreateEmbedToken"),
        v1().with("SignatureMethod", "HmacSHA256").with("ExtraParam", "湖 +&=").post("CreateEmbedToken"),
        // Whatever else is named selects the older digest.
        v1().with("SignatureMethod", "HmacSHA512").get("CreateEmbedToken"),
        rpc().with("SignatureNonce", "2").get("CreateTicket"),
        rpc().with("SignatureNonce", "3").with("WatermarkParam", "~*'( )+湖").post("CreateTicket"),
        acs3(),
        Acs3 { nonce: None, ..Acs3::at(NOON_UNIX) }.post("CreateTicket", &[("WorksId", WORK)]),
    ];
    for request in &requests {
        assert_eq!(serve(&emulator, request), "none", "{request:?}");
    }
}

// The order of the checks.

/// A call with several mistakes in it.
struct Plan<C> {
    call: C,
    body: &'static str,
    action: &'static str,
    /// What is changed after signing.
    edits: Vec<fn(&mut RawRequest)>,
    /// What happened in the sandbox before.
    before: Vec<fn(&Emulator)>,
}

/// A mistake and the code that it is answered with.
type Step<C> = (&'static str, fn(&mut Plan<C>));

const TENCENT_STEPS: &[Step<Tc3>] = &[
    ("UnsupportedProtocol", |plan| plan.edits.push(|raw| raw.method = "PUT".into())),
    ("RequestSizeLimitExceeded", |plan| plan.edits.push(|raw| raw.oversize = true)),
    ("InvalidParameter", |plan| plan.body = "no JSON"),
    ("MissingParameter", |plan| plan.edits.push(|raw| set(raw, "x-tc-version", None))),
    ("MissingParameter", |plan| plan.edits.push(|raw| set(raw, "authorization", None))),
    ("InvalidParameter", |plan| plan.edits.push(|raw| set(raw, "x-tc-timestamp", Some("soon")))),
    ("NoSuchVersion", |plan| plan.call.version = "2019-07-22"),
    ("InvalidAction", |plan| plan.action = "CreateNothing"),
    ("AuthFailure.InvalidAuthorization", |plan| plan.call.terminator = "tc4_request"),
    ("AuthFailure.SignatureExpire", |plan| plan.call.unix = NOON_UNIX + 301),
    ("AuthFailure.SecretIdNotFound", |plan| {
        plan.edits.push(|raw| replace(raw, "authorization", "Credential=AKID", "Credential=nobody"));
    }),
    ("AuthFailure.TokenFailure", |plan| plan.call.more.push(("x-tc-token", "no-such-token"))),
    ("AuthFailure.SignatureFailure", |plan| plan.call.secret = "another secret"),
    ("InvalidParameterValue", |plan| plan.call.more.push(("x-tc-region", "Nowhere!"))),
    ("RequestLimitExceeded", |plan| plan.before.push(|emulator| use_up(emulator, "CreateEmbedToken"))),
    ("AuthFailure.UnauthorizedOperation", |plan| plan.call.key = "AKIDnopermission0000000000000000000"),
    ("UnknownParameter", |plan| plan.body = "{\"Colour\":1}"),
];

/// Twenty calls of this second, by every key of the demo world.
fn use_up(emulator: &Emulator, action: &str) {
    let epoch = emulator.epoch_of_key("");
    for key in epoch.world.credentials() {
        for _ in 0..20 {
            epoch.state.rates.count_call(&key.id, action, Timestamp::from_unix(NOON_UNIX));
        }
    }
}

fn answer_of_tencent(steps: &[&Step<Tc3>]) -> String {
    let emulator =
        Emulator::new(Settings { rate_limits: RateLimits::Vendor, rate_clock: RateClock::World, ..settings() });
    let (edits, before) = (Vec::new(), Vec::new());
    let mut plan = Plan { call: Tc3::at(NOON_UNIX), body: ASKED, action: "CreateEmbedToken", edits, before };
    steps.iter().for_each(|(_, mistake)| mistake(&mut plan));
    plan.before.iter().for_each(|happen| happen(&emulator));
    let mut request = plan.call.post(plan.action, plan.body);
    plan.edits.iter().for_each(|edit| edit(&mut request));
    serve(&emulator, &request)
}

const ALIBABA_STEPS: &[Step<Rpc>] = &[
    ("InvalidProduct.NotFound", |plan| plan.call.host = "ecs.aliyuncs.com"),
    ("UnsupportedHTTPMethod", |plan| plan.edits.push(|raw| raw.method = "PUT".into())),
    // What is too large has the code of a wrong format, so the two cannot be told apart.
    ("InvalidParameter.Format", |plan| plan.edits.push(|raw| raw.oversize = true)),
    ("InvalidParameter.Format", |plan| plan.field("Format", "YAML")),
    ("InvalidVersion", |plan| plan.field("Version", "1999-01-01")),
    ("InvalidAction.NotFound", |plan| plan.action = "CreateNothing"),
    ("MissingSignatureNonce", |plan| plan.call = plan.call.clone().without("SignatureNonce")),
    ("InvalidSignatureMethod", |plan| plan.field("SignatureMethod", "HMAC-MD5")),
    ("InvalidSignatureVersion", |plan| plan.field("SignatureVersion", "2.0")),
    ("InvalidTimeStamp.Format", |plan| plan.field("Timestamp", "yesterday")),
    ("InvalidTimeStamp.Expired", |plan| plan.field("Timestamp", "2026-01-05T00:15:01Z")),
    ("InvalidAccessKeyId.NotFound", |plan| plan.field("AccessKeyId", "LTAInobody")),
    ("InvalidSecurityToken.MismatchWithAccessKey", |plan| plan.field("SecurityToken", "no-such-token")),
    ("SignatureDoesNotMatch", |plan| plan.call.secret = "another secret"),
    ("SignatureNonceUsed", |plan| plan.before.push(take_nonce)),
    ("Forbidden.RAM", |plan| plan.field("AccessKeyId", "LTAInopermission00000000000")),
    ("MissingWorksId", |plan| plan.call = plan.call.clone().without("WorksId")),
];

impl Plan<Rpc> {
    fn field(&mut self, name: &str, value: &str) {
        // An unknown key stays unknown when a later mistake needs another one.
        if name != "AccessKeyId" || !self.call.fields.contains(&(name.to_owned(), "LTAInobody".to_owned())) {
            self.call = self.call.clone().with(name, value);
        }
    }
}

/// The nonce of the tests, taken by every key of the demo world.
fn take_nonce(emulator: &Emulator) {
    let epoch = emulator.epoch_of_key("");
    let now = Timestamp::from_unix(NOON_UNIX);
    for key in epoch.world.credentials() {
        epoch.state.nonces.take_nonce(&key.id, "1", now.plus_minutes(15), now);
    }
}

fn answer_of_alibaba(steps: &[&Step<Rpc>]) -> String {
    let emulator = Emulator::new(settings());
    let (edits, before) = (Vec::new(), Vec::new());
    let mut plan = Plan { call: rpc(), body: "", action: "CreateTicket", edits, before };
    steps.iter().for_each(|(_, mistake)| mistake(&mut plan));
    plan.before.iter().for_each(|happen| happen(&emulator));
    let mut request = plan.call.post(plan.action);
    plan.edits.iter().for_each(|edit| edit(&mut request));
    serve(&emulator, &request)
}

#[test]
fn tencent_answers_the_earliest_of_two_mistakes() {
    for step in TENCENT_STEPS {
        assert_eq!(answer_of_tencent(&[step]), step.0);
    }
    for (place, earlier) in TENCENT_STEPS.iter().enumerate() {
        for later in &TENCENT_STEPS[place + 1..] {
            // Two mistakes in one place cannot be made at once.
            if (earlier.0, later.0) != ("InvalidParameter", "UnknownParameter") {
                assert_eq!(answer_of_tencent(&[earlier, later]), earlier.0, "with {}", later.0);
            }
        }
    }
    assert_eq!(answer_of_tencent(&TENCENT_STEPS[..16].iter().collect::<Vec<_>>()), TENCENT_STEPS[0].0);
}

#[test]
fn alibaba_answers_the_earliest_of_two_mistakes() {
    for step in ALIBABA_STEPS {
        assert_eq!(answer_of_alibaba(&[step]), step.0);
    }
    for (place, earlier) in ALIBABA_STEPS.iter().enumerate() {
        for later in &ALIBABA_STEPS[place + 1..] {
            // Two values of one field cannot be sent at once, and a nonce that is missing was not used.
            let apart = (earlier.0, later.0) != ("InvalidTimeStamp.Format", "InvalidTimeStamp.Expired");
            if apart {
                assert_eq!(answer_of_alibaba(&[earlier, later]), earlier.0, "with {}", later.0);
            }
        }
    }
}

// How much of a proof is wanted.

#[test]
fn presence_wants_the_fields_and_verifies_nothing() {
    let emulator = Emulator::new(Settings { auth: AuthMode::Presence, ..settings() });
    let forged = Tc3 { key: "AKIDnobody", secret: "x", unix: 1, ..Tc3::at(1) }.post("CreateEmbedToken", ASKED);
    assert_eq!(serve(&emulator, &forged), "none");
    let mut bare = forged;
    set(&mut bare, "authorization", None);
    assert_eq!(serve(&emulator, &bare), "MissingParameter");
    let forged = || Rpc { secret: "x", ..Rpc::at(1) }.with("AccessKeyId", "LTAInobody").with("WorksId", WORK);
    assert_eq!(serve(&emulator, &forged().get("CreateTicket")), "none");
    assert_eq!(serve(&emulator, &forged().get("CreateTicket")), "none", "the same nonce again");
    assert_eq!(serve(&emulator, &forged().without("SignatureNonce").get("CreateTicket")), "MissingSignatureNonce");
    assert_eq!(serve(&emulator, &forged().with("Timestamp", "soon").get("CreateTicket")), "InvalidTimeStamp.Format");
}

#[test]
fn off_looks_at_no_proof_and_still_at_the_call() {
    let emulator = demo(AuthMode::Off);
    let mut bare = tc3();
    set(&mut bare, "authorization", None);
    set(&mut bare, "x-tc-timestamp", Some("soon"));
    assert_eq!(serve(&emulator, &bare), "none");
    set(&mut bare, "x-tc-action", Some("CreateNothing"));
    assert_eq!(serve(&emulator, &bare), "InvalidAction");
    let bare = rpc().without("AccessKeyId").without("SignatureNonce").without("Timestamp");
    assert_eq!(serve(&emulator, &bare.clone().get("CreateTicket")), "none");
    assert_eq!(serve(&emulator, &bare.with("Format", "YAML").get("CreateTicket")), "InvalidParameter.Format");
}

#[test]
fn the_clock_of_signatures_can_be_chosen() {
    let answers = |auth_clock| {
        let emulator = Emulator::new(Settings { auth_clock, ..settings() });
        [clock::wall_now().unix_seconds(), NOON_UNIX, 0].map(|unix| {
            let newer = serve(&emulator, &Tc3::at(unix).post("CreateEmbedToken", ASKED));
            let older = serve(&emulator, &Rpc::at(unix).with("WorksId", WORK).get("CreateTicket"));
            assert_eq!(newer == "none", older == "none", "{newer} {older}");
            newer == "none"
        })
    };
    assert_eq!(answers(AuthClock::Wall), [true, false, false]);
    assert_eq!(answers(AuthClock::World), [false, true, false]);
    let emulator = Emulator::new(Settings { auth_clock: AuthClock::Off, ..settings() });
    for unix in [clock::wall_now().unix_seconds(), NOON_UNIX, 0] {
        assert_eq!(serve(&emulator, &Tc3::at(unix).post("CreateEmbedToken", ASKED)), "none", "{unix}");
    }
}

#[test]
fn a_signature_is_fresh_up_to_the_last_second() {
    let emulator = demo(AuthMode::Strict);
    for (off, expected) in [(300, "none"), (301, "AuthFailure.SignatureExpire")] {
        for unix in [NOON_UNIX - off, NOON_UNIX + off] {
            assert_eq!(serve(&emulator, &Tc3::at(unix).post("CreateEmbedToken", ASKED)), expected, "{unix}");
            let older = V1::at(unix).with("ProjectId", "117").get("CreateEmbedToken");
            assert_eq!(serve(&emulator, &older), expected, "{unix}");
        }
    }
    for (off, expected) in [(900, "none"), (901, "InvalidTimeStamp.Expired")] {
        for unix in [NOON_UNIX - off, NOON_UNIX + off] {
            let nonce = unix.to_string();
            let older = Rpc::at(unix).with("SignatureNonce", &nonce).with("WorksId", WORK).get("CreateTicket");
            assert_eq!(serve(&emulator, &older), expected, "{unix}");
            let newer = Acs3 { nonce: None, ..Acs3::at(unix) }.post("CreateTicket", &[("WorksId", WORK)]);
            assert_eq!(serve(&emulator, &newer), expected, "{unix}");
        }
    }
}

// Keys.

#[test]
fn a_temporary_key_comes_with_its_token_and_no_other_key_with_one() {
    let emulator = demo(AuthMode::Strict);
    let (temporary, sts) = ("AKIDtemporarykey0000000000000000000", "STS.temporarykey00000000000");
    for (key, token, expected) in [
        (temporary, Some("demo-session-token"), "none"),
        (temporary, Some("another"), "AuthFailure.TokenFailure"),
        (temporary, Some(""), "AuthFailure.TokenFailure"),
        (temporary, None, "AuthFailure.TokenFailure"),
        (TENCENT_KEY, Some("demo-session-token"), "AuthFailure.TokenFailure"),
        (TENCENT_KEY, Some(""), "none"),
    ] {
        let more = token.map(|token| ("x-tc-token", token)).into_iter().collect();
        let newer = Tc3 { key, more, ..Tc3::at(NOON_UNIX) }.post("CreateEmbedToken", ASKED);
        assert_eq!(serve(&emulator, &newer), expected, "{key} {token:?}");
        let older = V1::at(NOON_UNIX).with("SecretId", key).with("ProjectId", "117");
        let older = token.iter().fold(older, |call, token| call.with("Token", token)).get("CreateEmbedToken");
        assert_eq!(serve(&emulator, &older), expected, "{key} {token:?}");
    }
    for (key, token, expected) in [
        (sts, Some("demo-session-token"), "none"),
        (sts, Some("another"), "InvalidSecurityToken.MismatchWithAccessKey"),
        (sts, None, "MissingSecurityToken"),
        (ALIBABA_KEY, Some("demo-session-token"), "InvalidSecurityToken.MismatchWithAccessKey"),
    ] {
        let more = token.map(|token| ("x-acs-security-token", token)).into_iter().collect();
        let newer = Acs3 { key, more, nonce: None, ..Acs3::at(NOON_UNIX) }.post("CreateTicket", &[("WorksId", WORK)]);
        assert_eq!(serve(&emulator, &newer), expected, "{key} {token:?}");
        let older = rpc().with("AccessKeyId", key).with("SignatureNonce", &format!("{key}{token:?}"));
        let older = token.iter().fold(older, |call, token| call.with("SecurityToken", token)).get("CreateTicket");
        assert_eq!(serve(&emulator, &older), expected, "{key} {token:?}");
    }
}

#[test]
fn keys_that_may_not_call_are_refused_each_in_its_way() {
    let emulator = demo(AuthMode::Strict);
    for (key, expected) in [
        ("AKIDdisabledkey00000000000000000000", "AuthFailure.SecretIdNotFound"),
        ("AKIDunfitkey00000000000000000000000", "AuthFailure.InvalidSecretId"),
        ("AKIDnopermission0000000000000000000", "AuthFailure.UnauthorizedOperation"),
        ("AKIDdeniedaddress000000000000000000", "IpInBlacklist"),
        ("AKIDotheraddress0000000000000000000", "IpNotInWhitelist"),
    ] {
        let request = Tc3 { key, ..Tc3::at(NOON_UNIX) }.post("CreateEmbedToken", ASKED);
        assert_eq!(serve(&emulator, &request), expected, "{key}");
        if expected.starts_with("Ip") {
            let elsewhere = RawRequest { client: "192.0.2.1".into(), ..request };
            assert_eq!(serve(&emulator, &elsewhere), "none", "{key} from another address");
        }
    }
    for (key, status, expected) in [
        ("LTAIdisabledkey000000000000", 400, "InvalidAccessKeyId.Inactive"),
        ("LTAInopermission00000000000", 403, "Forbidden.RAM"),
        ("LTAInobody", 404, "InvalidAccessKeyId.NotFound"),
    ] {
        let reply = pipeline::serve(&emulator, rpc().with("AccessKeyId", key).get("CreateTicket"));
        assert_eq!((reply.status, &*code_of(&reply)), (status, expected), "{key}");
    }
}

#[test]
fn what_a_policy_denies_is_named_with_the_request_id() {
    let emulator = demo(AuthMode::Strict);
    let key = "AKIDnopermission0000000000000000000";
    let reply = pipeline::serve(&emulator, Tc3 { key, ..Tc3::at(NOON_UNIX) }.post("ApplyEmbedInterval", "{}"));
    let response = &json(&reply)["Response"];
    let id = response["RequestId"].as_str().unwrap();
    let text = response["Error"]["Message"].as_str().unwrap();
    assert!(text.contains(&format!("[request id:{id}]")) && text.contains("(bi:ApplyEmbedInterval)"), "{text}");
}

#[test]
fn a_nonce_is_good_once_for_each_key_until_its_window_ends() {
    let emulator = demo(AuthMode::Strict);
    let other = "LTAIapiuser0000000000000000";
    assert_eq!(serve(&emulator, &rpc().get("CreateTicket")), "none");
    assert_eq!(serve(&emulator, &rpc().get("CreateTicket")), "SignatureNonceUsed");
    assert_eq!(serve(&emulator, &acs3()), "SignatureNonceUsed", "the newer form shares them");
    assert_eq!(serve(&emulator, &rpc().with("AccessKeyId", other).get("CreateTicket")), "none");
    assert_eq!(serve(&emulator, &rpc().with("SignatureNonce", "2").get("CreateTicket")), "none");
    let epoch = emulator.epoch_of_key(ALIBABA_KEY);
    for (nonce, until, expected) in [("3", NOON_UNIX - 1, "none"), ("4", NOON_UNIX, "SignatureNonceUsed")] {
        let then = Timestamp::from_unix(NOON_UNIX - 901);
        assert!(epoch.state.nonces.take_nonce(ALIBABA_KEY, nonce, Timestamp::from_unix(until), then));
        assert_eq!(serve(&emulator, &rpc().with("SignatureNonce", nonce).get("CreateTicket")), expected);
    }
}

#[test]
fn a_refused_signature_takes_no_nonce() {
    let emulator = demo(AuthMode::Strict);
    let forged = Rpc { secret: "x", ..rpc() }.get("CreateTicket");
    assert_eq!(serve(&emulator, &forged), "SignatureDoesNotMatch");
    assert_eq!(serve(&emulator, &rpc().get("CreateTicket")), "none");
}

#[test]
fn the_21st_call_of_a_second_is_too_many() {
    let emulator =
        Emulator::new(Settings { rate_limits: RateLimits::Vendor, rate_clock: RateClock::World, ..settings() });
    for call in 1..=20 {
        assert_eq!(serve(&emulator, &tc3()), "none", "{call}");
    }
    let english = "Your current request times equals to `21` in a second, which exceeds the frequency limit `20` for a \
                   second. Please reduce the frequency of calls.";
    assert_eq!(message(&emulator, &tc3()), english);
    let chinese = Tc3 { more: vec![("x-tc-language", "zh-CN")], ..Tc3::at(NOON_UNIX) };
    let text = "您当前每秒请求 `22` 次，超过了每秒频率上限 `20`，请稍后重试。";
    assert_eq!(message(&emulator, &chinese.post("CreateEmbedToken", ASKED)), text);
    let other_action = Tc3::at(NOON_UNIX).post("ApplyEmbedInterval", "{}");
    assert_eq!(serve(&emulator, &other_action), "MissingParameter.MissingParam");
    let key = "AKIDtemporarykey0000000000000000000";
    let other_key = Tc3 { key, more: vec![("x-tc-token", "demo-session-token")], ..Tc3::at(NOON_UNIX) };
    assert_eq!(serve(&emulator, &other_key.post("CreateEmbedToken", ASKED)), "none");
    // A call of another second begins the count anew.
    let epoch = emulator.epoch_of_key(TENCENT_KEY);
    epoch.state.rates.count_call(TENCENT_KEY, "CreateEmbedToken", Timestamp::from_unix(NOON_UNIX + 1));
    assert_eq!(serve(&emulator, &tc3()), "none");
    for _ in 0..50 {
        assert_eq!(
            serve(&emulator, &Acs3 { nonce: None, ..Acs3::at(NOON_UNIX) }.post("QueryTicketInfo", &[])),
            "MissingTicket"
        );
    }
}

#[test]
fn without_rate_limits_every_call_is_counted_in() {
    let emulator = demo(AuthMode::Strict);
    assert!((0..50).all(|_| serve(&emulator, &tc3()) == "none"));
}

// What the forms of a call have of their own.

#[test]
fn tencent_answers_in_the_language_that_was_asked_for() {
    let emulator = demo(AuthMode::Strict);
    let (english, chinese) = ("The parameter `Colour` is not recognized.", "未定义参数 Colour");
    for (language, expected) in [
        (None, english),
        (Some("en-US"), english),
        (Some("zh-CN"), chinese),
        (Some("zh"), english),
        (Some("fr-FR"), english),
    ] {
        let more = language.map(|language| ("x-tc-language", language)).into_iter().collect();
        let newer = Tc3 { more, ..Tc3::at(NOON_UNIX) }.post("CreateEmbedToken", "{\"Colour\":1}");
        assert_eq!(message(&emulator, &newer), expected, "{language:?}");
        let older = V1::at(NOON_UNIX).with("Colour", "1");
        let older = language.iter().fold(older, |call, language| call.with("Language", language));
        assert_eq!(message(&emulator, &older.get("CreateEmbedToken")), expected, "{language:?}");
    }
}

#[test]
fn an_unsigned_payload_may_be_any() {
    let emulator = demo(AuthMode::Strict);
    let call = Tc3 { more: vec![("x-tc-content-sha256", "UNSIGNED-PAYLOAD")], ..Tc3::at(NOON_UNIX) };
    let mut request = call.post("CreateEmbedToken", "{}");
    request.body = bytes::Bytes::from_static(ASKED.as_bytes());
    assert_eq!(serve(&emulator, &request), "none");
    set(&mut request, "x-tc-content-sha256", None);
    assert_eq!(serve(&emulator, &request), "AuthFailure.SignatureFailure");
}

#[test]
fn a_call_that_skips_its_signature_is_refused() {
    let mut request = tc3();
    set(&mut request, "authorization", Some("SKIP"));
    assert_eq!(serve(&demo(AuthMode::Strict), &request), "AuthFailure.InvalidAuthorization");
}

#[test]
fn each_part_of_the_authorization_has_to_be_right() {
    let emulator = demo(AuthMode::Strict);
    let of = |piece: &str| {
        format!(
            "The request `Authorization` header does not conform to tencentcloud standards: `{piece}` in Credential not \
             valid."
        )
    };
    let at = || Tc3::at(NOON_UNIX);
    for (call, piece) in [
        (Tc3 { date: Some("2026-01-04"), ..at() }, "Date"),
        (Tc3 { date: Some("today"), ..at() }, "Date"),
        (Tc3 { host: "bi.tencentcloudapi.com", service: "cvm", ..at() }, "Service"),
        (Tc3 { service: "", ..at() }, "Service"),
        (Tc3 { terminator: "tc3", ..at() }, "Terminator"),
        (Tc3 { signed: "host", ..at() }, "SignedHeaders"),
        (Tc3 { signed: "content-type", ..at() }, "SignedHeaders"),
        (Tc3 { key: "", ..at() }, "SecretId"),
    ] {
        assert_eq!(message(&emulator, &call.post("CreateEmbedToken", ASKED)), of(piece));
    }
    let anywhere = Tc3 { service: "localhost:9000", ..at() }.post("CreateEmbedToken", ASKED);
    assert_eq!(serve(&emulator, &anywhere), "none", "an address of its own has any service");
    let mut alibaba = acs3();
    replace(&mut alibaba, "authorization", "ACS3-HMAC-SHA256", "ACS3-HMAC-MD5");
    assert_eq!(serve(&emulator, &alibaba), "InvalidSignatureMethod");
    let mut alibaba = acs3();
    replace(&mut alibaba, "authorization", "x-acs-date;", "");
    assert_eq!(serve(&emulator, &alibaba), "IncompleteSignature");
    let mut alibaba = acs3();
    set(&mut alibaba, "authorization", None);
    assert_eq!(serve(&emulator, &alibaba), "MissingAccessKeyId");
}

#[test]
fn a_multipart_body_is_read_part_by_part() {
    let emulator = demo(AuthMode::Strict);
    let call = Tc3 { content_type: "multipart/form-data; boundary=x", ..Tc3::at(NOON_UNIX) };
    let part = |head: &str, text: &str| format!("--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n");
    let project = part("name=\"ProjectId\"", "117");
    let good = format!("{project}{}--x--\r\n", part("name=\"ExtraParam\"", "湖"));
    assert_eq!(serve(&emulator, &call.post("CreateEmbedToken", &good)), "none");
    let typed =
        "--x\r\nContent-Disposition: form-data; name=\"ExtraParam\"\r\nContent-Type: application/json\r\n\r\n[]\r\n";
    assert_eq!(
        serve(&emulator, &call.post("CreateEmbedToken", &format!("{project}{typed}--x--\r\n"))),
        "InvalidParameter"
    );
    for broken in ["", "no parts", &project] {
        assert_eq!(serve(&emulator, &call.post("CreateEmbedToken", broken)), "InvalidRequest", "{broken}");
    }
}

// Whose request it is.

#[test]
fn a_request_is_told_by_its_port_then_its_host_then_its_marks() {
    let emulator = demo(AuthMode::Strict);
    let whose = |request: &RawRequest| {
        let reply = pipeline::serve(&emulator, request);
        let text = String::from_utf8(reply.body.to_vec()).unwrap();
        if text.starts_with("{\"Response\"") {
            "tencent"
        } else if text.contains("HostId") {
            "alibaba"
        } else {
            "nobody"
        }
    };
    let get = |target: &str, headers: &[(&str, &str)]| raw("GET", target, headers, b"");
    let (tc, acs) = (("x-tc-action", "CreateEmbedToken"), ("x-acs-action", "CreateTicket"));
    for (headers, target, expected) in [
        (&[("host", "bi.tencentcloudapi.com"), acs][..], "/", "tencent"),
        (&[("host", "bi.intl.tencentcloudapi.com:443")], "/", "tencent"),
        (&[("host", "quickbi-public.cn-hangzhou.aliyuncs.com"), tc], "/", "alibaba"),
        (&[("host", "quickbi-public-vpc.cn-hangzhou.aliyuncs.com")], "/", "alibaba"),
        (&[tc, acs], "/", "tencent"),
        (&[("authorization", "TC3-HMAC-SHA256 x")], "/", "tencent"),
        (&[("authorization", "ACS3-HMAC-SHA256 x")], "/", "alibaba"),
        (&[], "/?SecretId=x", "tencent"),
        (&[], "/?Version=2022-01-05", "tencent"),
        (&[], "/?AccessKeyId=x", "alibaba"),
        (&[], "/?Version=2022-01-01", "alibaba"),
        (&[], "/?Version=2021-03-25", "alibaba"),
        (&[("host", "example.com")], "/?Version=1999-01-01", "nobody"),
        (&[("authorization", "Bearer x")], "/", "nobody"),
        (&[], "/", "nobody"),
    ] {
        assert_eq!(whose(&get(target, headers)), expected, "{headers:?} {target}");
    }
    for vendor in ["tencent", "alibaba"] {
        for host in ["bi.tencentcloudapi.com", "quickbi-public.aliyuncs.com", "localhost"] {
            let request = RawRequest { port_of: Some(vendor), ..get("/", &[("host", host), tc, acs]) };
            assert_eq!(whose(&request), vendor, "the port of {vendor}, {host}");
        }
    }
}

#[test]
fn a_request_for_nobody_is_told_what_was_looked_for() {
    let reply = pipeline::serve(&demo(AuthMode::Strict), raw("GET", "/", &[("host", "localhost")], b""));
    let text = String::from_utf8(reply.body.to_vec()).unwrap();
    assert_eq!((reply.status, reply.header("content-type")), (400, Some("text/plain; charset=utf-8")));
    for mark in ["tencent", "alibaba", "SecretId", "AccessKeyId", "ticketbooth env"] {
        assert!(text.contains(mark), "{mark}: {text}");
    }
}

#[test]
fn a_browser_that_asks_first_is_answered_by_alibaba_alone() {
    let emulator = demo(AuthMode::Strict);
    let ask = |method: &str, name: &str| {
        pipeline::serve(&emulator, raw(method, "/", &[("host", LOOPBACK), (name, "x")], b""))
    };
    let reply = ask("OPTIONS", "x-acs-action");
    assert_eq!((reply.status, reply.header("access-control-allow-origin")), (200, Some("*")));
    assert_eq!(reply.header("access-control-allow-methods"), Some("POST, GET, OPTIONS"));
    assert!(reply.body.is_empty());
    assert_eq!(code_of(&ask("OPTIONS", "x-tc-action")), "UnsupportedProtocol");
    assert_eq!(code_of(&ask("HEAD", "x-tc-action")), "UnsupportedProtocol");
    let reply = ask("HEAD", "x-acs-action");
    assert_eq!((reply.status, &*code_of(&reply)), (400, "UnsupportedHTTPMethod"));
}

#[test]
fn a_time_of_a_signature_is_read_only_when_written_in_full() {
    let unix = |text: &str| {
        let target = format!("/?Action=CreateTicket&AccessKeyId=x&Timestamp={}", text.replace('+', "%2B"));
        (vendor_named("alibaba").unwrap().requests.read)(&raw("GET", &target, &[("host", "h")], b"")).claim.unix
    };
    assert_eq!(unix("2026-01-05T00:00:00Z"), Some(1_767_571_200));
    for bad in ["", "2026-1-5T0:0:0Z", "2026-01-05 00:00:00", "2026-01-05T00:00:00+00:00", "2026-13-05T00:00:00Z"] {
        assert_eq!(unix(bad), None, "{bad}");
    }
}
