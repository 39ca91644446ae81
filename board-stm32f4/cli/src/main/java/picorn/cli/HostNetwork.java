// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Optional;
import picorn.emulator.host.HostInbox;
import picorn.emulator.machine.Machine;
import picorn.netstack.host.flow.Forward;
import picorn.netstack.host.flow.HostAccess;
import picorn.netstack.host.flow.HostGateway;
import picorn.netstack.host.flow.Resolvers;
import picorn.stm32f4.board.UserNetwork;

/** Joins a board's network to the host's: sockets of the host by the machine's inbox, and time that heeds the host while any is open. */
final class HostNetwork implements HostEnd {
    private final Machine machine;
    private final UserNetwork network;
    private final HostGateway gateway;
    private final RunPace pace;
    private Optional<HostInbox.Port> presence = Optional.empty();

    private HostNetwork(Machine machine, UserNetwork network, HostAccess access, RunPace pace) throws IOException {
        this.machine = machine;
        this.network = network;
        this.pace = pace;
        HostInbox.Port events = machine.inbox().openUnawaited("host sockets", this::received);
        gateway = HostGateway.open(network.gateway(), access, Resolvers.ofThisHost(), events::post);
        gateway.onChange(this::changed);
    }

    /** Opens the sockets that are to be there from the beginning; nothing passes before {@link #start}. */
    static HostNetwork open(
            Machine machine, UserNetwork network, NetTarget.User user, List<Forward> forwards, RunPace pace)
            throws UsageError {
        try {
            user.files().serve(network.gateway());
            HostNetwork host = new HostNetwork(machine, network, user.access(), pace);
            for (Forward forward : forwards) {
                host.open(forward);
            }
            return host;
        } catch (NotDirectoryException e) {
            throw new UsageError("--net: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new UsageError("--net: " + e.getMessage());
        } catch (IOException e) {
            throw new UsageError("the host's sockets cannot be used: %s".formatted(e.getMessage()));
        }
    }

    private void open(Forward forward) throws UsageError {
        try {
            InetSocketAddress at = gateway.forward(forward);
            System.err.println("picorn: " + new Forward(forward.protocol(), at, forward.guest(), forward.port()));
        } catch (IOException e) {
            gateway.close();
            throw new UsageError("--forward: %s:%d cannot be opened (%s); take another port"
                    .formatted(forward.at().getHostString(), forward.at().getPort(), e.getMessage()));
        }
    }

    @Override
    public void start() {
        gateway.start();
    }

    private void received(byte[] event) {
        network.poll();
        gateway.received(event);
        network.poll();
    }

    private void changed() {
        presence.ifPresent(HostInbox.Port::close);
        if (gateway.isOpen()) {
            presence = Optional.of(machine.inbox().open("host flows", octets -> {}));
            pace.opened();
        } else {
            presence = Optional.empty();
            pace.closed();
        }
    }

    @Override
    public void restored() {
        int reset = gateway.reset();
        network.poll();
        if (reset > 0) {
            System.err.printf("picorn: %d connections to the host are reset, they are no part of a snapshot%n", reset);
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
