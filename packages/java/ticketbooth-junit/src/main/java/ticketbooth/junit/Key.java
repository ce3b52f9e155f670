package ticketbooth.junit;

/** A key pair of a vendor. */
public final class Key {
    private final String id;
    private final String secret;

    Key(String id, String secret) {
        this.id = id;
        this.secret = secret;
    }

    /** The secret id of Tencent Cloud, or the access key id of Alibaba Cloud. */
    public String id() {
        return id;
    }

    /** The secret key of Tencent Cloud, or the access key secret of Alibaba Cloud. */
    public String secret() {
        return secret;
    }
}
