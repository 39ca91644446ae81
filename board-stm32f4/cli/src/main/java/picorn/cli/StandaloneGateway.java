// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picorn.netstack.capture.PcapngWriter;
import picorn.netstack.host.HostLink;
import picorn.netstack.host.HostStack;
import picorn.netstack.host.flow.Forward;
import picorn.netstack.host.flow.HostGateway;
import picorn.netstack.host.flow.Resolvers;
import picorn.netstack.link.Direction;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.link.Impairment;
import picorn.netstack.link.ImpairmentConfig;
import picorn.netstack.link.Network;
import picorn.netstack.service.UserGateway;

/** The gateway of a user-mode network at a link of the host's, driven by the host's clock. */
final class StandaloneGateway implements AutoCloseable {
    private final HostStack stack;
    private UserGateway gateway;
    private HostGateway sockets;

    /** One at {@code link}, which belongs to it; nothing passes to the host before {@link #start}. */
    StandaloneGateway(HostLink link, NetTarget.User user, ImpairmentConfig config, Optional<PcapngWriter> capture)
            throws IOException {
        SecureRandom random = new SecureRandom();
        stack = HostStack.start(link, output -> assemble(output, config, capture, random));
        try {
            sockets = new Opening(user).on(stack);
        } catch (IOException | RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private HostStack.Parts assemble(
            FrameReceiver output, ImpairmentConfig config, Optional<PcapngWriter> capture, SecureRandom random) {
        Impairment toGuest = new Impairment(config, random.nextLong(), output);
        gateway = UserGateway.transparent(watched(capture, Direction.B_TO_A, toGuest), random::nextInt);
        Impairment fromGuest = new Impairment(config, random.nextLong(), gateway.link());
        return new HostStack.Parts(
                gateway.stack(),
                watched(capture, Direction.A_TO_B, fromGuest),
                new Network(fromGuest, gateway, toGuest));
    }

    private static FrameReceiver watched(Optional<PcapngWriter> capture, Direction direction, FrameReceiver next) {
        return capture.isEmpty()
                ? next
                : (frame, offset, length, now) -> {
                    capture.get().sent(direction, frame, offset, length, now);
                    next.receive(frame, offset, length, now);
                };
    }

    /** What is opened on the stack's thread, and why not. */
    private final class Opening {
        private final NetTarget.User user;
        private Optional<IOException> failure = Optional.empty();

        Opening(NetTarget.User user) {
            this.user = user;
        }

        HostGateway on(HostStack stack) throws IOException {
            Optional<HostGateway> opened = stack.call(any -> attempt());
            return opened.orElseThrow(() -> failure.orElseThrow());
        }

        private Optional<HostGateway> attempt() {
            try {
                user.files().serve(gateway);
                return Optional.of(
                        HostGateway.open(gateway, user.access(), Resolvers.ofThisHost(), StandaloneGateway.this::post));
            } catch (IOException e) {
                failure = Optional.of(e);
                return Optional.empty();
            }
        }
    }

    private void post(byte[] event) throws InterruptedException {
        try {
            stack.call(any -> {
                sockets.received(event);
                return event;
            });
        } catch (IOException e) {
            throw new InterruptedException("the gateway is closed");
        }
    }

    /** Opens forwarded ports and begins to serve. */
    void start(List<Forward> forwards) throws UsageError {
        for (Forward forward : forwards) {
            InetSocketAddress at = forwarded(forward);
            System.err.println("picorn: " + new Forward(forward.protocol(), at, forward.guest(), forward.port()));
        }
        try {
            stack.call(any -> {
                sockets.start();
                return sockets;
            });
        } catch (IOException e) {
            throw new UsageError(e.getMessage());
        }
    }

    private InetSocketAddress forwarded(Forward forward) throws UsageError {
        try {
            return sockets.forward(forward);
        } catch (IOException e) {
            throw new UsageError("--forward: %s:%d cannot be opened (%s); take another port"
                    .formatted(forward.at().getHostString(), forward.at().getPort(), e.getMessage()));
        }
    }

    /** Waits until the link has ended, or {@link #close}; the result says why. */
    String awaitEnd() {
        try {
            return stack.await(any -> Optional.<String>empty(), Duration.ZERO);
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    @Override
    public void close() {
        sockets.close();
        stack.close();
    }
}
