//! Advice for each reason of a refusal: what it means and what to change.
//!
//! `{fact}` stands for a fact of the refusal, or for one of the call that `steps` names.

use crate::domain::Reason::{self, *};

/// The advice for a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The mistake.
    pub detail: &'static str,
    /// The expected value; empty where the detail says it.
    pub expected: &'static str,
    /// The value that came; empty where there is nothing to show.
    pub got: &'static str,
    /// One sentence: what to change.
    pub advice: &'static str,
}

const fn advice_row(detail: &'static str, expected: &'static str, got: &'static str, advice: &'static str) -> Row {
    Row { detail, expected, got, advice }
}

/// The row of the reason. Every reason has one, or this does not compile.
#[rustfmt::skip]
#[expect(clippy::too_many_lines, reason = "it is a table, and a match makes it complete")]
pub const fn row_of(reason: Reason) -> Row {
    match reason {
        // The request as such.
        MethodUnsupported => advice_row("the HTTP method is not one that the API takes", "GET or POST", "{method}", "Send the call with GET or POST."),
        TooLarge => advice_row("the request is larger than the API takes", "at most {limit} bytes", "{bytes} bytes", "Send less in one request."),
        TooLargeForScheme => advice_row("the request is larger than the API takes with the older signature", "at most {limit} bytes", "{bytes} bytes", "Send less in one request, or sign with the newer signature."),
        BodyMalformed => advice_row("the body is not of the form that its content type says", "a body as the content type says", "content type {content_type}", "Send a JSON object with a content type of JSON, or parameters in the form that the signature wants."),
        PieceMalformed => advice_row("a piece of the query or form has no `=`", "name=value pairs joined by &", "", "Write every parameter as name=value and encode each & that belongs to a value."),
        MultipartMalformed => advice_row("the multipart body cannot be taken apart", "parts between the boundary that the content type names", "content type {content_type}", "Let an HTTP library write the multipart body and its boundary."),
        MediaTypeUnfit => advice_row("the body is of a kind that no action of the product takes", "a body of JSON as application/json", "content type {content_type}", "Send the parameters as application/json."),
        FormatUnknown => advice_row("the form of answer that was asked for does not exist", "JSON or XML", "{format}", "Ask for JSON or XML, or for nothing."),
        CommonMissing => advice_row("a common parameter that every call carries is missing", "{name}", "nothing", "Send {name} with the call."),
        CommonType => advice_row("a common parameter is not of its type", "a whole number in {name}", "", "Send {name} as a whole number."),
        ProductUnknown => advice_row("the host is not that of this API", "the host of the BI product", "{host}", "Point the client at the endpoint of the BI product, or at the emulator's own address."),
        VersionUnknown => advice_row("the API has no such version", "a version that `ticketbooth actions` lists", "{version}", "Send a version that `ticketbooth actions` lists."),
        ActionUnknown => advice_row("the API has no such action in this version", "an action that `ticketbooth actions` lists", "{action}", "Check the spelling and the case of the action, and that the version has it."),
        ActionUnserved => advice_row("the vendor has this action and the emulator does not serve it", "a served action", "{action}", "Use one of the actions that `ticketbooth actions` lists as served, script the answer, or take the vendor's example with `--unsupported example`."),
        RegionInvalid => advice_row("the region is not written as a region", "lower-case letters, digits and hyphens, with a hyphen between", "{region}", "Write the region in lower case with a hyphen, or leave it out."),
        // Who is asking.
        AuthorizationMalformed => advice_row("the authorization is not written as the signature wants it", "a sound {piece}", "", "Correct {piece} in the authorization; an official SDK writes it as it has to be."),
        SignatureMethodUnknown => advice_row("the signature method is unknown", "a method that the vendor has", "{method}", "Sign with a method that the vendor documents."),
        SignatureVersionUnknown => advice_row("the signature version is unknown", "1.0", "{version}", "Send the signature version 1.0."),
        TimestampFormat => advice_row("the time of the signature is not written as it has to be", "a time like 2026-01-05T00:00:00Z, in UTC", "{timestamp}", "Write the time of the signature in UTC, as 2026-01-05T00:00:00Z."),
        TimestampExpired => advice_row("the time of the signature is too far from the emulator's clock", "within {window} of {judged_at}", "{signed_at}, {offset}", "Set the client's clock right, sign every attempt anew, or judge by another clock with --auth-clock."),
        KeyUnknown => advice_row("no key of the world has this id", "an access key of the world", "{key}", "Use a key of the world or of a sandbox that still exists; `ticketbooth env` prints the default ones."),
        KeyDisabled => advice_row("the key exists and is disabled", "an active key", "{key}", "Use an active key, or set the state of this one to active in the world file."),
        KeyUnfit => advice_row("the key exists and is not of the kind that may call this API", "a key for this API", "{key}", "Use a key that may call this API."),
        SessionTokenMissing => advice_row("the key is a temporary one and came without its session token", "the session token of {access_key}", "nothing", "Send the session token that was handed out with the temporary key."),
        SessionTokenMalformed => advice_row("the session token is not written as one", "a session token", "", "Send the session token unchanged, as it was handed out with the temporary key."),
        SessionTokenMismatch => advice_row("the session token does not belong to the key", "a session token of {access_key}, or none for a permanent key", "another one", "Send the session token of this very key, and none with a permanent key."),
        SessionTokenExpired => advice_row("the session token has expired", "a session token that is still valid", "one that has expired", "Fetch new temporary credentials."),
        SignatureMismatch | SignatureMismatchUntold | CanonicalMismatch => advice_row("the signature is not the one that the request has with the key's secret", "", "", "The secret is the likeliest: `ticketbooth env` prints those of the demo world. Else compare what is signed below with what the client signs, line by line; --full has every text."),
        NonceUsed => advice_row("the nonce was used before", "a nonce of its own for every request", "{nonce}", "Make a new nonce for every attempt, retries included, and sign anew."),
        Throttled => advice_row("the key made more calls of this action in the second than it may", "at most {limit} in a second", "call number {count}", "Call more slowly or retry after a pause; --rate-limits off lets everything through."),
        AddressDenied => advice_row("the key may not be used from this address", "an address that the key is not denied for", "{address}", "Call from another address, or take it out of the key's denied addresses in the world file."),
        AddressNotAllowed => advice_row("the key may only be used from certain addresses", "an address that the key is allowed for", "{address}", "Call from an allowed address, or add this one to the key's allowed addresses in the world file."),
        PolicyDenied => advice_row("the access policy does not grant the action to this key", "a policy that grants {action}", "{access_key}", "Grant the action to the key, or take it out of the key's denied actions in the world file."),
        // Parameters of the action.
        ParamUnknown => advice_row("the action has no such parameter", "a parameter that `ticketbooth actions` lists", "{name}", "Leave {name} out, or check its spelling and case."),
        ParamMissing => advice_row("a required parameter is missing", "{name}", "nothing", "Send {name}."),
        ParamType => advice_row("a parameter is not of its type", "{expected} in {name}", "{value}", "Send {name} as {expected}."),
        ParamInvalid => advice_row("a parameter has a value that it cannot have", "a value that the rule of {name} allows", "{value}", "Send a value of {name} that `ticketbooth actions` allows."),
        ParamUnfit => advice_row("a parameter has a value that it cannot have", "a value that the rule of {name} allows", "{value}", "Send a value of {name} that `ticketbooth actions` allows."),
        ParamEmpty => advice_row("a parameter is blank, or absent although another one calls for it", "a value in {name}", "nothing", "Send {name} with a value."),
        ParamTooLong => advice_row("a parameter is too long", "at most {limit} characters in {name}", "", "Shorten {name} to {limit} characters."),
        ParamShape => advice_row("a parameter should hold JSON of a certain shape and does not", "JSON as the vendor documents for {name}", "{value}", "Send the JSON that the vendor documents in {name}."),
        ParamNotArray => advice_row("a parameter should hold a JSON array and does not", "a JSON array in {name}", "{value}", "Send {name} as a JSON array."),
        ParamConflict => advice_row("two parameters contradict each other", "parameters that go together", "{name}={value}", "Leave out {name}, or the parameter that contradicts it."),
        UsesOutOfRange => advice_row("the number of uses is out of range", "a number that `ticketbooth actions` allows", "{uses}", "Ask for a number of uses within the range."),
        LifetimeOutOfRange => advice_row("the lifetime is out of range", "minutes that `ticketbooth actions` allows", "{value}", "Ask for a number of minutes within the range of {name}."),
        LifetimeTooLong => advice_row("the ticket would live longer than it may", "at most {limit} minutes", "{minutes} minutes", "Extend by less, or issue a new ticket."),
        // The world.
        OrganizationUnknown => advice_row("the key belongs to no organization of the world", "a key of an organization", "{access_key}", "Use a key of an organization, or put one into the world file."),
        InstanceMissing => advice_row("the organization has no instance", "an instance", "none", "Use a key whose organization has an instance."),
        InstanceExpired => advice_row("the instance of the organization has expired", "an instance that is in force", "an expired one", "Renew the instance in the world file, or use a key of another organization."),
        EditionUnfit => advice_row("the edition of the instance does not have this", "a higher edition", "", "Set a higher edition in the world file, or do without the feature."),
        FeatureMissing => advice_row("the instance does not have the feature", "the feature {feature}", "", "Switch {feature} on in the world file, or do without it."),
        CallerNotAdmin => advice_row("the caller is not an administrator", "an administrator or an authorized caller", "{access_key}", "Use the key of an administrator, or give this one the role in the world file."),
        CallerNotWorkspaceAdmin => advice_row("the caller is not an administrator of the workspace", "an administrator of the workspace", "{access_key}", "Use the key of an administrator of the workspace."),
        CallerNotAuthorized => advice_row("the caller is not authorized to call the API", "an authorized caller", "{access_key}", "Authorize the user behind the key, or use another key."),
        CallerInvalid => advice_row("the caller is not a valid user", "a valid user behind the key", "{access_key}", "Use a key whose user is valid."),
        ObjectForbidden => advice_row("the caller may not use this object", "an object of the caller's own organization", "", "Use an object of the key's own organization, or a key of the object's."),
        WorkUnknown => advice_row("the world has no such work", "a work of the organization", "{work}", "Check the id of the work, or put it into the world file."),
        LineageUnknown => advice_row("the world has no such work", "a work of the organization", "{work}", "Check the id of the work, or put it into the world file."),
        UserUntold => advice_row("the organization has no such user", "a user of the organization", "{user}", "Check the id or the account of the user, or put it into the world file."),
        ProjectUntold => advice_row("the corporation has no such project", "a project of the corporation", "{project}", "Check the id of the project, or put it into the world file."),
        PageUntold => advice_row("the project has no such page", "a page of the project", "{page}", "Check the id of the page, or put it into the world file."),
        WorkspaceUnknown => advice_row("the organization has no such workspace", "a workspace of the organization", "{workspace}", "Check the id of the workspace, or put it into the world file."),
        MemberUnknown => advice_row("the user is not a member of the workspace", "a member of the workspace", "{user}", "Name a member, or add the user to the `members` of the workspace in the world file."),
        ApiKeyUntold => advice_row("the corporation has no such API key", "an API key of the corporation", "{key}", "Send a `key` that stands in `api_keys` of the world file."),
        ProjectMemberUnknown => advice_row("the user is not a member of the project", "a member of the project", "{user}", "Name a member, or add the user to the `members` of the project in the world file."),
        GroupUnknown => advice_row("the organization has no such user group", "a user group of the organization", "{group}", "Check the id of the group, or put it into `user_groups` of the world file."),
        ParentGroupUnknown => advice_row("the organization has no user group to put it into", "a user group of the organization, or -1", "{group}", "Check the id of the parent group, or send -1 for the root."),
        GroupTaken => advice_row("another user group has this id", "an id that no user group has", "{group}", "Send another id, or leave it out to get a new one."),
        NameTaken => advice_row("another one of its kind has this name", "a name that is free", "{name}", "Send another name, or change the one that has it."),
        JoinerUnknown => advice_row("the organization has no such user to put into a group", "users of the organization", "{user}", "Check the id of the user, or add the user first."),
        ReceiverUnknown => advice_row("the organization has no such user to give a right to", "users of the organization", "{user}", "Check the id of the user, or add the user first."),
        TagUnknown => advice_row("the organization has no such tag of users", "a tag of the organization", "{tag}", "Check the id of the tag, or put it into `user_tags` of the world file."),
        StillMember => advice_row("the user is a member of a workspace", "a user who is in no workspace", "{user}", "Remove the user from every workspace first."),
        WorkspaceOwned => advice_row("the workspace belongs to the user", "a user who owns no workspace", "{user}", "Give the workspace another `owner` in the world file."),
        SuccessorUnfit => advice_row("the user cannot take over what somebody leaves behind", "another user who is no visitor", "{user}", "Name another user, or none to leave it to the owners of the workspaces."),
        AlreadyMember => advice_row("the user is a member of the workspace already", "somebody who is no member", "{user}", "Change the role of the member instead."),
        VisitorMember => advice_row("a visitor of the organization cannot have this role in a workspace", "the role of a viewer, 30", "{user}", "Send the role of a viewer, or change the type of the user."),
        MenuUnknown => advice_row("the portal has no such menu", "a menu of {portal}", "{menu}", "Check the id of the menu, or put it into the portal in the world file."),
        FolderMenu => advice_row("the menu is a folder", "a menu that is no folder", "{menu}", "Name the menus in the folder instead."),
        RuleUnknown => advice_row("the data set has no such rule", "a rule of the data set", "{rule}", "Check the id of the rule, or make the rule first."),
        RuleForeign => advice_row("the rule is another data set's", "a rule of the data set that was named", "", "Name the data set that the rule is of."),
        DatasetForeign => advice_row("the data set is another organization's", "a data set of the caller's organization", "{dataset}", "Use a data set of the key's own organization, or a key of the data set's."),
        RoleUnknown => advice_row("there is no such role", "a role of the vendor's", "{role}", "Send the number of a role that the list of roles has."),
        DatasetUnknown => advice_row("the organization has no such data set", "a data set of the organization", "{dataset}", "Check the id of the data set, or put it into `datasets` of the world file."),
        DatasourceUnknown => advice_row("the organization has no such data source", "a data source of the organization", "{datasource}", "Check the id of the data source, or put it into `datasources` of the world file."),
        DashboardUnknown => advice_row("the world has no such dashboard", "a dashboard of the organization", "{work}", "Check the id of the dashboard, or put it into the world file."),
        WorkspaceForeign => advice_row("the work belongs to a workspace of another organization", "a work of the caller's organization", "{work}", "Use a work of the key's own organization, or a key of the work's."),
        EmbeddingOff => advice_row("embedding is switched off for the target", "embedding switched on", "switched off", "Switch embedding on for the target: by the action that does so, or in the world file."),
        EmbeddingQuota => advice_row("more works would be embedded than the organization may embed", "at most `embed_quota` of the organization", "more", "Switch embedding off for other works first, or raise `embed_quota` in the world file."),
        ChatEmbeddingOff => advice_row("embedding is switched off for the chat", "embedding switched on", "switched off", "Switch embedding on for the target: by the action that does so, or in the world file."),
        DatasetGone => advice_row("a data set of the work is gone", "the data set {dataset}", "none", "Bring the data set back in the world file, or use another work."),
        DatasourceGone => advice_row("a data source of the work is gone", "the data source {datasource}", "none", "Bring the data source back in the world file, or use another work."),
        ComponentUnknown => advice_row("the work has no such component", "a component of the work", "{component}", "Check the id of the component, or put it into the work in the world file."),
        WatermarkUnsupported => advice_row("the work cannot carry a watermark", "no watermark", "one", "Leave the watermark out."),
        UserUnknown => advice_row("the world has no such user", "a user of the organization", "{user}", "Check the user, or put it into the world file."),
        UserForeign => advice_row("the user belongs to another organization", "a user of the caller's organization", "{user}", "Use a user of the key's own organization."),
        UserDuplicate => advice_row("more than one user answers to this name", "a name of one user", "{user}", "Name the user by its id."),
        ProjectUnknown => advice_row("the world has no such project", "a project of the corporation", "{project}", "Check the id of the project, or put it into the world file."),
        PageUnknown => advice_row("the project has no such page", "a page of the project", "{page}", "Check the id of the page, or put it into the world file."),
        OutsideValidity => advice_row("it is not the time at which the target may be opened", "a time within the validity", "{at}", "Move the clock into the validity, or change it in the world file."),
        // The ticket.
        TicketUnknown => advice_row("no such ticket was given out in this sandbox", "a ticket that was given out here and not reset since", "{ticket}", "Use the ticket exactly as it was answered, in the sandbox and with the vendor that gave it out."),
        TicketRevoked => advice_row("the ticket was revoked", "a live ticket", "{ticket}", "Issue a new ticket."),
        TicketExpired => advice_row("the ticket has expired", "before {expires_at}", "{at}", "Issue a new ticket, extend tickets before they end, or move the clock back with allow_backwards."),
        TicketUsedUp => advice_row("every use of the ticket was taken", "a use that is left", "{uses}", "Issue a new ticket, or one with more uses."),
        TargetMismatch => advice_row("the ticket was issued for another target than the one that was asked for", "{target}", "{asked}", "Open what the ticket was issued for, or issue one for this target."),
        TooManyTickets => advice_row("the account has as many tickets as it may have", "at most {limit}", "", "End tickets that are no longer needed, or wait until they expire."),
        LinkAltered => advice_row("the signed link is not as it was given out", "`{name}` as the action answered it", "another `{name}`, or none", "Open the address exactly as the action answered it, or ask for a new one."),
        LinksNotAllowed => advice_row("the organization may not use signed links", "an organization on the vendor's white list", "another one", "Choose the answer to the open question that keeps the organization from the list, or embed with a ticket."),
        // The visit.
        TicketMissing => advice_row("the link has no ticket", "a ticket in the link", "none", "Put the ticket into the link, under the name that the vendor documents."),
        SessionMissing => advice_row("the data call came without the session of an open page", "the session that the visit made", "none that is valid", "Open the page first, and let the page itself fetch its data."),
    }
}
