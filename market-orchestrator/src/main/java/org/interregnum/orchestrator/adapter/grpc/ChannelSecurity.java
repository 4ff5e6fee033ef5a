package org.interregnum.orchestrator.adapter.grpc;

import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;
import org.interregnum.agent.tls.TlsAuthorities;
import org.interregnum.agent.tls.TlsFiles;
import org.interregnum.agent.tls.TlsIdentity;
import org.interregnum.agent.tls.TlsSettingException;

/** Whether calls to agents are encrypted: by TLS where the environment names authorities, and in clear otherwise. */
final class ChannelSecurity {
    private final SslContext tls;

    private ChannelSecurity(SslContext tls) {
        this.tls = tls;
    }

    /** What the environment of this process says; its files are read when they are first needed. */
    static ChannelSecurity ofProcess() {
        return Holder.OF_PROCESS;
    }

    /**
     * What files say.
     *
     * @throws TlsSettingException when they cannot be used
     */
    static ChannelSecurity of(TlsFiles files) {
        files.checkAsCaller();
        if (files.isEmpty()) {
            return new ChannelSecurity(null);
        }
        SslContextBuilder tls = SslContextBuilder.forClient()
                .trustManager(TlsAuthorities.renewed(files.trust().orElseThrow()));
        files.certificate()
                .ifPresent(file ->
                        tls.keyManager(TlsIdentity.renewed(file, files.key().orElseThrow())));
        try {
            return new ChannelSecurity(
                    GrpcSslContexts.configure(tls, SslProvider.JDK).build());
        } catch (SSLException e) {
            throw new TlsSettingException("TLS cannot be used: " + e.getMessage());
        }
    }

    NettyChannelBuilder apply(NettyChannelBuilder channel) {
        return tls == null
                ? channel.usePlaintext()
                : channel.useTransportSecurity().sslContext(tls);
    }

    private static final class Holder {
        private static final ChannelSecurity OF_PROCESS = of(TlsFiles.of(System.getenv()));
    }
}
