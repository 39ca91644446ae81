// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A board on a TAP interface: the host's Linux kernel is its neighbour, in a network namespace of its own. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TapTest {
    private static final Tool UNSHARE = new Tool("unshare", "util-linux");
    private static final String NETWORK =
            """
            set -eu
            started=
            trap 'kill $started 2>/dev/null; wait' EXIT
            await() {
                for i in $(seq 60); do
                    if ping -n -c 1 -w 1 "$1" >/dev/null; then return; fi
                done
            }
            ip link set lo up
            ip tuntap add dev tap0 mode tap
            ip addr add 10.0.9.1/24 dev tap0
            ip link set tap0 up
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void requireTools() throws Exception {
        new Tool("ip", "iproute2").run("-V");
        new Tool("ping", "iputils-ping").run("-V");
        UNSHARE.require("-rn", "true");
    }

    private static String picorn(String... arguments) {
        List<String> words = Picorn.command(arguments);
        return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }

    /** Runs a script as root of a user and network namespace. */
    private static String inNamespace(String script) throws Exception {
        return UNSHARE.run("-rn", "sh", "-c", script);
    }

    @Test
    void kernelGivesTheBoardAnAddressAndPingsIt() throws Exception {
        new Tool("dnsmasq", "dnsmasq-base").run("--version");
        String output = inNamespace(
                NETWORK
                        + "dnsmasq --no-daemon --conf-file=/dev/null --pid-file= --port=0 --interface=tap0 --bind-interfaces"
                        + " --dhcp-authoritative --dhcp-leasefile=" + folder.resolve("leases")
                        + " --dhcp-range=10.0.9.50,10.0.9.50,255.255.255.0,1h >" + folder.resolve("dnsmasq")
                        + " 2>&1 & started=\"$started $!\"\n"
                        + picorn(
                                "run",
                                "../junit/src/test/resources/station.elf",
                                "--net",
                                "tap=tap0",
                                "--wall-limit",
                                "100")
                        + " >" + folder.resolve("board") + " 2>&1 & started=\"$started $!\"\n"
                        + """
                await 10.0.9.50
                ping -n -c 5 -i 0.2 -s 1000 10.0.9.50
                """);
        assertThat(output).contains("5 packets transmitted, 5 received");
        assertThat(Files.readString(folder.resolve("board"))).contains("ready");
    }

    @Test
    @Tag("linux")
    void curlOfTheHostFetchesFromLinux() throws Exception {
        new Tool("curl", "curl").run("--version");
        String output = inNamespace(
                NETWORK
                        + "printf 'ifconfig eth0 10.0.9.2 up\\nhttpd -h /www\\n' | "
                        + picorn("run", "linux", "--engine", "java", "--net", "tap=tap0", "--wall-limit", "120")
                        + " >" + folder.resolve("board") + " 2>&1 & started=\"$started $!\"\n"
                        + """
                await 10.0.9.2
                curl -s -S --retry 20 --retry-connrefused --retry-delay 1 http://10.0.9.2/
                """);
        assertThat(output).contains("It works.");
    }

    @Test
    void interfaceThatCannotBeHadIsSaidInOneLine() throws Exception {
        Picorn.Result result = Picorn.run("run", "--net", "tap=a-name-that-is-too-long");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.messages()).contains("a name has 1 to 15 octets");
        assertThat(result.messages().lines()).hasSize(1);
    }
}
