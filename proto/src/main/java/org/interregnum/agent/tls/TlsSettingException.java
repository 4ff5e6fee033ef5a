package org.interregnum.agent.tls;

/** The settings of TLS cannot be used. The message is one line that names the variable, the file and the rule. */
public final class TlsSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one line for whoever set it */
    public TlsSettingException(String message) {
        super(message);
    }
}
