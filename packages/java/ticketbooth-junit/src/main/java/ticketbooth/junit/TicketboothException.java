package ticketbooth.junit;

/** The emulator did not come up, does not answer, or refused; the message says what to do. */
public final class TicketboothException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TicketboothException(String message, Throwable cause) {
        super(message, cause);
    }

    TicketboothException(String message) {
        super(message);
    }
}
