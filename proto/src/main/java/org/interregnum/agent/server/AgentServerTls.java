package org.interregnum.agent.server;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.VertxServerBuilder;
import javax.net.ssl.SSLException;
import org.interregnum.agent.tls.TlsAuthorities;
import org.interregnum.agent.tls.TlsFiles;
import org.interregnum.agent.tls.TlsIdentity;
import org.interregnum.agent.tls.TlsSettingException;

/**
 * Makes an agent's server speak TLS where the environment names a certificate, and ask callers for theirs where it names
 * authorities; an agent makes it a bean by extending it. It is grpc-java's own TLS rather than Quarkus', since that reads
 * renewed files again.
 */
public abstract class AgentServerTls implements ServerBuilderCustomizer<VertxServerBuilder> {
    private static final int BAD_INPUT = 2;

    /** Ends the process with 2 and a line on standard error where the settings cannot be used; otherwise does nothing. */
    public static void requireUsable() {
        try {
            TlsFiles.of(System.getenv()).checkAsCalled();
        } catch (TlsSettingException e) {
            System.err.println(e.getMessage());
            System.exit(BAD_INPUT);
        }
    }

    @Override
    public void customize(GrpcServerConfiguration configuration, VertxServerBuilder server) {
        TlsFiles files = TlsFiles.of(System.getenv());
        if (files.certificate().isEmpty()) {
            return;
        }
        SslContextBuilder tls = SslContextBuilder.forServer(
                TlsIdentity.renewed(files.certificate().get(), files.key().orElseThrow()));
        files.trust()
                .ifPresent(
                        file -> tls.trustManager(TlsAuthorities.renewed(file)).clientAuth(ClientAuth.REQUIRE));
        try {
            server.nettyBuilder()
                    .sslContext(GrpcSslContexts.configure(tls, SslProvider.JDK).build());
        } catch (SSLException e) {
            throw new TlsSettingException("TLS cannot be used: " + e.getMessage());
        }
    }
}
