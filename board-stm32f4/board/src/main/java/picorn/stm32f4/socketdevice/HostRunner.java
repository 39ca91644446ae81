// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import static picorn.emulator.time.Clock.NANOSECOND;

import java.util.Optional;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.context.Timed;
import picorn.netstack.dhcp.DhcpLease;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.stack.Stack;

/** Calls the stack behind the device when something is due to it, and makes another one when the device is reset or loaded. */
final class HostRunner implements FrameReceiver, Saved {
    private static final long RETRY = Clock.SECOND / 100;
    /** Rounds of the stack at one time, so that two sockets that never stop talking do not stop the rest. */
    private static final int ROUNDS = 16;

    private final SocketDeviceConfig config;
    private final Clock clock;
    private final FrameReceiver cable;
    private final long seed;
    private final SocketTable table;
    private final Runnable addressed;
    private final Event due;
    private final Event retry;
    private Host host;
    private Optional<DhcpLease> lease = Optional.empty();
    private Ipv4Prefix address = Ipv4Prefix.NONE;
    private int resets;

    /**
     * A stack whose interface is down.
     *
     * @param cable takes the frames that it sends
     * @param seed of its random numbers
     * @param table of its sockets
     * @param addressed called when an address has come or gone
     */
    HostRunner(
            SocketDeviceConfig config,
            EventQueue events,
            Clock clock,
            FrameReceiver cable,
            long seed,
            SocketTable table,
            Runnable addressed) {
        this.config = config;
        this.clock = clock;
        this.cable = cable;
        this.seed = seed;
        this.table = table;
        this.addressed = addressed;
        due = events.event("socket device", this::poll);
        retry = events.event("socket device, retry", this::retry);
        host = makeHost();
    }

    private Host makeHost() {
        return new Host(config, seed + resets, table, cable, () -> retry.at(clock.now() + RETRY));
    }

    /** The present one. */
    Host host() {
        return host;
    }

    @Override
    public void receive(byte[] frame, int offset, int length, long now) {
        if (host.isUp()) {
            host.eth0().receive(frame, offset, length, now);
            settle();
        }
    }

    /** Has it do what is due now. */
    void poll() {
        long now = clock.now() / NANOSECOND;
        Stack stack = host.stack();
        stack.poll(now);
        for (int i = 1; i < ROUNDS && stack.deadline() <= now; i++) {
            stack.poll(now);
        }
        settle();
    }

    /** Tells of a new address, and arms the next call. */
    private void settle() {
        Ipv4Prefix current = host.eth0().ipv4();
        Optional<DhcpLease> given = host.lease();
        if (!current.equals(address) || !given.equals(lease)) {
            address = current;
            lease = given;
            addressed.run();
        }
        long deadline = host.stack().deadline();
        due.at(deadline == Timed.NEVER ? EventQueue.NEVER : Math.max(deadline * NANOSECOND, clock.now() + NANOSECOND));
    }

    private void retry() {
        table.all().forEach(DeviceSocket::retry);
    }

    /** Puts another stack in its place, whose interface is down. */
    void reset() {
        due.cancel();
        retry.cancel();
        resets++;
        replace();
    }

    private void replace() {
        lease = Optional.empty();
        address = Ipv4Prefix.NONE;
        host = makeHost();
    }

    /** Saves which stack it is; {@link SocketDevice} saves what is in it. */
    @Override
    public void save(StateWriter out) {
        out.int32(resets);
    }

    /** Puts another stack in its place, to be loaded. */
    @Override
    public void load(StateReader in) {
        resets = in.int32();
        replace();
    }

    /** The stack has been loaded. */
    void loaded() {
        address = host.eth0().ipv4();
        lease = host.lease();
    }
}
