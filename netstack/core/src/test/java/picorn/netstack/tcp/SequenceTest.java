// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceTest {
    @Test
    void numbersAreComparedAcrossTheirEnd() {
        assertThat(Sequence.isBefore(0xFFFF_FFFF, 0)).isTrue();
        assertThat(Sequence.isBefore(0, 0xFFFF_FFFF)).isFalse();
        assertThat(Sequence.isBefore(5, 5)).isFalse();
        assertThat(Sequence.isAtMost(5, 5)).isTrue();
        assertThat(Sequence.isBefore(0x7FFF_FFFF, 0x8000_0000)).isTrue();
        assertThat(Sequence.later(0xFFFF_FFF0, 0x10)).isEqualTo(0x10);
    }
}
