// SPDX-License-Identifier: MIT
package picorn.netstack.host.kernel;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.capture.PcapngWriter;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.host.HostStack;
import picorn.netstack.host.TapDevice;
import picorn.netstack.host.namespace.Shell;
import picorn.netstack.link.Direction;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.link.Impairment;
import picorn.netstack.link.ImpairmentConfig;
import picorn.netstack.link.Network;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;

/** The kernel of this namespace at 10.0.9.1 and a stack of ours at 10.0.9.2, joined by tap0; the frames between them are captured. */
final class KernelNetwork implements AutoCloseable {
    static final String KERNEL = "10.0.9.1";
    static final String US = "10.0.9.2";
    static final Path CAPTURES = Path.of("target", "captures");
    private static final int CAPTURED_FRAMES = 10_000;
    static final MacAddress MAC = MacAddress.parse("02:00:00:00:09:02");
    private static final long MEMORY = 64 << 20;

    private static final Ipv4Prefix ADDRESS = new Ipv4Prefix(Ipv4Address.parse(US), 24);

    private final Capture capture;
    private final HostStack host;
    private EthernetInterface link;

    private KernelNetwork(String name, Ipv4Prefix address, ImpairmentConfig impairment, long seed) throws Exception {
        TapDevice tap = TapDevice.open("tap0");
        Shell.run("ip addr add " + KERNEL + "/24 dev tap0");
        Shell.run("ip link set tap0 up");
        capture = new Capture(CAPTURES.resolve(name + ".pcapng"));
        host = HostStack.start(
                tap, output -> parts(new EthernetConfig("eth0", MAC, address), output, impairment, seed));
    }

    /** A network without impairments. */
    static KernelNetwork named(String name) throws Exception {
        return new KernelNetwork(name, ADDRESS, ImpairmentConfig.NONE, 0);
    }

    /** A network on which our stack has no address yet. */
    static KernelNetwork withoutAddress(String name) throws Exception {
        return new KernelNetwork(name, Ipv4Prefix.NONE, ImpairmentConfig.NONE, 0);
    }

    /** A network that impairs both directions. */
    static KernelNetwork impaired(String name, String impairment, long seed) throws Exception {
        return new KernelNetwork(name, ADDRESS, ImpairmentConfig.parse(impairment), seed);
    }

    /** Frames are captured as they are sent, before they are impaired. */
    private HostStack.Parts parts(EthernetConfig eth0, FrameReceiver output, ImpairmentConfig impairment, long seed) {
        Stack stack = new Stack(StackConfig.full()
                .called("us")
                .random(new SecureRandom()::nextInt)
                .memory(MEMORY));
        if (impairment.equals(ImpairmentConfig.NONE)) {
            link = stack.attach(eth0, capture.before(Direction.A_TO_B, output));
            return new HostStack.Parts(stack, capture.before(Direction.B_TO_A, link), stack);
        }
        Impairment out = new Impairment(impairment, seed, output);
        link = stack.attach(eth0, capture.before(Direction.A_TO_B, out));
        Impairment in = new Impairment(impairment, seed + 1, link);
        return new HostStack.Parts(stack, capture.before(Direction.B_TO_A, in), new Network(in, stack, out));
    }

    EthernetInterface link() {
        return link;
    }

    HostStack host() {
        return host;
    }

    Map<String, Long> counters() throws IOException {
        return host.call(stack -> stack.counters().counters());
    }

    static Ipv4Address kernel() {
        return Ipv4Address.parse(KERNEL);
    }

    @Override
    public void close() throws IOException {
        host.close();
        capture.close();
    }

    /** Writes the first frames that pass, as they are sent by us and as they come to us. */
    private static final class Capture implements AutoCloseable {
        private final PcapngWriter writer;
        private int frames;

        Capture(Path file) throws IOException {
            Files.createDirectories(file.getParent());
            OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
            writer = new PcapngWriter(out);
        }

        FrameReceiver before(Direction direction, FrameReceiver next) {
            return (frame, offset, length, now) -> {
                if (frames < CAPTURED_FRAMES) {
                    frames++;
                    writer.sent(direction, frame, offset, length, now);
                }
                next.receive(frame, offset, length, now);
            };
        }

        @Override
        public void close() throws IOException {
            writer.close();
            if (writer.takeFailure().isPresent()) {
                throw new IOException("a capture could not be written");
            }
        }
    }
}
