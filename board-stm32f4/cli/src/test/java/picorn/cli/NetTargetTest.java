// SPDX-License-Identifier: MIT
package picorn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.netstack.host.files.GatewayFiles;
import picorn.netstack.host.flow.HostAccess;

class NetTargetTest {
    @Test
    void nothingOfTheHostIsReachedUnlessAsked() throws UsageError {
        assertThat(NetTarget.parse("user")).isEqualTo(new NetTarget.User(HostAccess.OUTSIDE, GatewayFiles.NONE));
        assertThat(NetTarget.parse("user,restrict,host-loopback"))
                .isEqualTo(new NetTarget.User(
                        new HostAccess(HostAccess.Others.RESTRICTED, HostAccess.Loopback.BEHIND_GATEWAY),
                        GatewayFiles.NONE));
        assertThat(NetTarget.parse("none")).isEqualTo(new NetTarget.None());
    }

    @Test
    void filesOfTheHostAreServedIfNamed() throws UsageError {
        assertThat(NetTarget.parse("user,tftp=boot,http=www,bootfile=uImage"))
                .isEqualTo(new NetTarget.User(
                        HostAccess.OUTSIDE,
                        new GatewayFiles(
                                Optional.of(Path.of("boot")), Optional.of(Path.of("www")), Optional.of("uImage"))));
    }

    @Test
    void linksAreNamed() throws UsageError {
        assertThat(NetTarget.parse("tap=tap0")).isEqualTo(new NetTarget.Tap("tap0"));
        assertThat(NetTarget.parse("socket=connect:127.0.0.1:7000")).isInstanceOf(NetTarget.Socket.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "users", "user,", "user,restricted", "none,restrict", "restrict", "user,tftp=", "user,ftp=x"
            })
    void whatCannotBeIsSaid(String text) {
        assertThatThrownBy(() -> NetTarget.parse(text))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining(NetTarget.USAGE);
    }
}
