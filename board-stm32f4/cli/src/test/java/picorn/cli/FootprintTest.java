// SPDX-License-Identifier: MIT
package picorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picorn.netstack.stack.StackConfig;

/** What is loaded of the TCP/IP stack, and what it takes. */
class FootprintTest {
    private static final Set<String> MINIMAL = Set.of(
            "address",
            "arp",
            "context",
            "dns",
            "ethernet",
            "icmp",
            "ip",
            "octets",
            "stack",
            "tcp",
            "tcp.control",
            "udp");

    private static Set<String> loaded(String configuration) {
        return new TreeSet<>(CodeFootprint.of(configuration).classes());
    }

    @Test
    void minimalLoadsItsModulesAndNoOther() {
        assertThat(MINIMAL).containsAll(CodeFootprint.of("minimal").modules().keySet());
        assertThat(loaded("minimal"))
                .doesNotContain(
                        "picorn.netstack.ip.Reassembler",
                        "picorn.netstack.ip.Fragmenter",
                        "picorn.netstack.ip.Forwarder",
                        "picorn.netstack.ip.PathMtuCache",
                        "picorn.netstack.ip.OptionProcessor",
                        "picorn.netstack.ip.Redirects",
                        "picorn.netstack.ethernet.VlanInterface",
                        "picorn.netstack.ethernet.Vlans",
                        "picorn.netstack.arp.AddressClaim",
                        "picorn.netstack.arp.LinkLocal",
                        "picorn.netstack.tcp.ScoreboardRecovery",
                        "picorn.netstack.tcp.SackBlocks",
                        "picorn.netstack.tcp.Timestamps",
                        "picorn.netstack.tcp.Ecn",
                        "picorn.netstack.tcp.SynCookies",
                        "picorn.netstack.dns.DnsCache",
                        "picorn.netstack.dns.DnsStream")
                .noneMatch(name -> name.contains(".dhcp.") || name.contains(".igmp.") || name.contains(".raw."));
    }

    /** What picoTCP added to the kernel of the 2015 demo. */
    @Test
    void minimalIsNoLargerThanWhatTheDemoHad() {
        assertThat(CodeFootprint.of("minimal").total().octets()).isLessThanOrEqualTo(41_696);
    }

    @Test
    void clientAddsFragmentsPathMtusAndLoopbackOnly() {
        Set<String> more = loaded("client");
        more.removeAll(loaded("minimal"));
        assertThat(more)
                .contains(
                        "picorn.netstack.ip.Reassembler",
                        "picorn.netstack.ip.Fragmenter",
                        "picorn.netstack.ip.PathMtuCache",
                        "picorn.netstack.loopback.LoopbackInterface")
                .doesNotContain("picorn.netstack.ip.Forwarder", "picorn.netstack.igmp.Igmp");
    }

    @Test
    void fullLoadsEveryModule() {
        assertThat(loaded("full"))
                .contains(
                        "picorn.netstack.ip.Forwarder",
                        "picorn.netstack.ip.OptionProcessor",
                        "picorn.netstack.ip.Redirects",
                        "picorn.netstack.igmp.Igmp",
                        "picorn.netstack.raw.RawSockets");
    }

    /** Three instructions: {@code aload_0; invokespecial Object.<init>; return} take 1 + 3 + 1 octets. */
    private static final class Empty {}

    @Test
    void codeOfAnEmptyClassIsItsConstructors() throws IOException {
        try (InputStream in = Empty.class.getResourceAsStream("FootprintTest$Empty.class")) {
            assertThat(ClassFile.codeLength(in.readAllBytes())).isEqualTo(5);
        }
    }

    @Test
    void idleConnectionTakesAKibibyteAtMostAndTheBudgetKnows() {
        MemoryFootprint.Octets connection = new MemoryFootprint(StackConfig.minimal()).connection();
        assertThat(connection.budget()).isBetween(1L, 1024L);
        assertThat(connection.heap()).isBetween(1L, 1024L);
        assertThat((double) connection.heap() / connection.budget()).isBetween(0.5, 1.25);
    }

    @Test
    void stackAtRestFitsIntoSixteenKibibytes() {
        MemoryFootprint.Octets rest = new MemoryFootprint(StackConfig.minimal()).rest();
        assertThat(rest.budget()).isLessThan(16 * 1024);
        assertThat(rest.heap()).isLessThan(16 * 1024);
    }
}
