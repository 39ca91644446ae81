// SPDX-License-Identifier: MIT
package picorn.netstack.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.dhcp.DhcpClient;
import picorn.netstack.dhcp.DhcpLease;
import picorn.netstack.dns.DnsData;
import picorn.netstack.dns.DnsFailure;
import picorn.netstack.dns.DnsName;
import picorn.netstack.dns.DnsQuery;
import picorn.netstack.dns.DnsType;
import picorn.netstack.host.HostStack;
import picorn.netstack.host.namespace.InNetworkNamespace;
import picorn.netstack.host.namespace.Shell;
import picorn.netstack.host.testing.Waiting;
import picorn.netstack.service.DynamicAddress;

/** The DHCP and DNS clients beside dnsmasq. */
@InNetworkNamespace
@Timeout(30)
class DnsmasqTest {
    private static final Duration PATIENT = Duration.ofSeconds(15);

    /** Of tests that begin without an address; to get one takes seconds, as it is made sure that nobody has it. */
    private static final String DHCP = "dhcp";

    private String name;
    private KernelNetwork network;
    private Process dnsmasq;

    @BeforeEach
    void connect(TestInfo test, @TempDir Path folder) throws Exception {
        name = "dnsmasq-" + test.getTestMethod().orElseThrow().getName();
        network = test.getTags().contains(DHCP) ? KernelNetwork.withoutAddress(name) : KernelNetwork.named(name);
        dnsmasq = Shell.start("dnsmasq --no-daemon --conf-file=/dev/null --pid-file="
                + " --log-facility=- --interface=tap0 --bind-interfaces --no-resolv --no-hosts --dhcp-authoritative"
                + " --dhcp-leasefile=" + folder.resolve("leases")
                + " --dhcp-range=10.0.9.50,10.0.9.50,255.255.255.0,1h --dhcp-option=option:mtu,1400"
                + " --host-record=board.test,10.0.9.99 --cname=alias.test,board.test"
                + " --txt-record=note.test,hello --srv-host=_web._tcp.test,board.test,8080,1,2 --local=/test/"
                + " --host-record=many.test,10.0.9.99" + manyAddresses());
        awaitReadiness();
    }

    /** More than fit into a datagram. */
    private static String manyAddresses() {
        StringBuilder options = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            options.append(" --host-record=many.test,10.0.10.").append(i + 1);
        }
        return options.toString();
    }

    private void awaitReadiness() throws IOException {
        BufferedReader log =
                new BufferedReader(new InputStreamReader(dnsmasq.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = log.readLine(); !said.toString().contains("DHCP, sockets bound"); line = log.readLine()) {
            assertThat(line).as("dnsmasq ended; it said: %s", said).isNotNull();
            said.append(line).append('\n');
        }
        Waiting.start(() -> log.lines().count());
    }

    @AfterEach
    void judge() throws Exception {
        dnsmasq.destroy();
        network.close();
        Wireshark.judge(name);
    }

    private DhcpLease lease() throws IOException {
        HostStack host = network.host();
        DhcpClient client = host.call(stack -> {
            DhcpClient dhcp = DynamicAddress.on(stack, network.link());
            dhcp.start();
            return dhcp;
        });
        return host.await(stack -> client.lease(), PATIENT);
    }

    @Test
    @Tag(DHCP)
    void leaseConfiguresTheInterfaceWhichThenAnswersPings() throws Exception {
        DhcpLease lease = lease();
        assertThat(lease.address()).hasToString("10.0.9.50/24");
        assertThat(lease.routers()).containsExactly(KernelNetwork.kernel());
        assertThat(lease.dnsServers()).containsExactly(KernelNetwork.kernel());
        assertThat(lease.mtu()).isEqualTo(1400);
        assertThat(Shell.run("ping -n -c 3 -i 0.02 10.0.9.50")).contains("3 received");
    }

    private void askDnsmasq() throws IOException {
        network.host().call(stack -> {
            stack.dns().servers(List.of(KernelNetwork.kernel()));
            return stack;
        });
    }

    private DnsQuery lookUp(DnsName name, DnsType type) throws IOException {
        DnsQuery query = network.host().call(stack -> stack.dns().lookup(name, type));
        network.host().await(stack -> query.isDone() ? Optional.of(query) : Optional.empty(), PATIENT);
        return query;
    }

    private DnsQuery lookUp(String name, DnsType type) throws IOException {
        return lookUp(DnsName.parse(name), type);
    }

    private List<DnsData> data(String name, DnsType type) throws IOException {
        return lookUp(name, type).records().stream()
                .map(record -> record.data())
                .toList();
    }

    @Test
    void namesOfAllKindsAreFound() throws Exception {
        askDnsmasq();
        Ipv4Address board = Ipv4Address.parse("10.0.9.99");
        DnsName boardName = DnsName.parse("board.test");
        assertThat(lookUp("board.test", DnsType.A).addresses()).containsExactly(board);
        DnsQuery alias = lookUp("alias.test", DnsType.A);
        assertThat(alias.addresses()).containsExactly(board);
        assertThat(alias.canonicalName()).isEqualTo(boardName);
        assertThat(data("note.test", DnsType.TXT)).containsExactly(new DnsData.Text(List.of("hello")));
        assertThat(data("_web._tcp.test", DnsType.SRV)).containsExactly(new DnsData.Service(1, 2, 8080, boardName));
        assertThat(lookUp(DnsName.reverse(board), DnsType.PTR).records()).isNotEmpty();
        assertThat(lookUp("nobody.test", DnsType.A).failure()).contains(DnsFailure.NO_SUCH_NAME);
    }

    @Test
    void answerTooLongForADatagramComesOverTcp() throws Exception {
        askDnsmasq();
        assertThat(lookUp("many.test", DnsType.A).addresses()).hasSizeGreaterThan(90);
        assertThat(network.counters().get("tcp.table-lookups")).isNotZero();
    }
}
