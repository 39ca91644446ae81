// SPDX-License-Identifier: MIT
package picorn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.netstack.host.flow.HostAccess;

class NetTargetTest {
    @Test
    void nothingOfTheHostIsReachedUnlessAsked() throws UsageError {
        assertThat(NetTarget.parse("user")).isEqualTo(new NetTarget.User(HostAccess.OUTSIDE));
        assertThat(NetTarget.parse("user,restrict,host-loopback"))
                .isEqualTo(new NetTarget.User(
                        new HostAccess(HostAccess.Others.RESTRICTED, HostAccess.Loopback.BEHIND_GATEWAY)));
        assertThat(NetTarget.parse("none")).isEqualTo(new NetTarget.None());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "users", "user,", "user,restricted", "none,restrict", "restrict"})
    void whatCannotBeIsSaid(String text) {
        assertThatThrownBy(() -> NetTarget.parse(text))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("user[,restrict][,host-loopback]|none");
    }
}
