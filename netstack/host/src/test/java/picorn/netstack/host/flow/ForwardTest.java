// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.netstack.address.Ipv4Address;

class ForwardTest {
    @Test
    void bindsLoopbackUnlessAnotherAddressIsGiven() {
        assertThat(Forward.parse("tcp:8080=:80"))
                .isEqualTo(new Forward(
                        Forward.Protocol.TCP, new InetSocketAddress("127.0.0.1", 8080), Optional.empty(), 80));
        assertThat(Forward.parse("udp:0.0.0.0:69=10.0.2.16:6969"))
                .isEqualTo(new Forward(
                        Forward.Protocol.UDP,
                        new InetSocketAddress("0.0.0.0", 69),
                        Optional.of(Ipv4Address.parse("10.0.2.16")),
                        6969));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "8080=:80",
                "tcp:8080",
                "tcp:8080=80",
                "tcp:localhost:8080=:80",
                "icmp:1=:1",
                "tcp:65536=:80",
                "tcp:8080=:0",
                "tcp:1.2.3.256:80=:80",
                "tcp:8080=192.0.2.1:80",
                "tcp:8080=10.0.2.2:80"
            })
    void whatCannotBeIsSaid(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Forward.parse(text));
    }
}
