// SPDX-License-Identifier: MIT
package picorn.netstack.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picorn.netstack.host.namespace.Shell;

/** What tshark thinks of the captures of a test class. */
final class Wireshark {
    private static final String CHECK =
            "-o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE"
                    // It takes data that is sent twice, in pieces of other sizes, for malformed.
                    + " -o tcp.desegment_tcp_streams:FALSE";
    /** Of our own frames; the kernel sends 0xFFFF for a checksum of 0x0000 in TCP too, which tshark blames. */
    private static final String FAULTY =
            "eth.src==" + KernelNetwork.MAC + "&&(_ws.malformed||ip.checksum.status==0||tcp.checksum.status==0"
                    + "||udp.checksum.status==0||icmp.checksum.status==0||igmp.checksum.status==0)";

    private Wireshark() {}

    /** Fails if a frame of ours in any capture is malformed or has a wrong checksum. */
    static void judge(String... names) throws Exception {
        List<Path> captures;
        try (Stream<Path> files = Files.list(KernelNetwork.CAPTURES)) {
            captures = files.filter(file -> Stream.of(names).anyMatch(name -> isOf(file, name)))
                    .toList();
        }
        assertThat(captures).as("captures").hasSize(names.length);
        Path all = KernelNetwork.CAPTURES.resolve("all-" + names[0] + ".pcapng");
        StringBuilder merge = new StringBuilder("mergecap -a -w " + all);
        captures.forEach(file -> merge.append(' ').append(file));
        Shell.run(merge.toString());
        assertThat(Shell.run("tshark -n -q -r " + all + " -z io,stat,0").lines().filter(line -> line.contains("<>")))
                .as("frames")
                .hasSize(1);
        assertThat(ofFrames(Shell.run("tshark -n -r " + all + " " + CHECK + " -Y " + FAULTY)))
                .as("malformed frames and bad checksums")
                .isEmpty();
    }

    private static boolean isOf(Path file, String name) {
        return file.getFileName().toString().equals(name + ".pcapng");
    }

    /** Without what tshark tells of itself: that root runs it. */
    private static List<String> ofFrames(String output) {
        return output.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("Running as user") && !line.startsWith("**"))
                .toList();
    }
}
