// SPDX-License-Identifier: MIT
package picorn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
    private static final int LARGEST = 16 << 20;

    @ParameterizedTest
    @CsvSource({"512K,524288", "2M,2097152", "2m,2097152", "4096,4096", "0x1000,4096", "08K,8192", "16M,16777216"})
    void readsSizesAsUsersWriteThem(String text, int octets) throws UsageError {
        assertThat(Sizes.parse("flash", text, LARGEST)).isEqualTo(octets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "1G", "-1M", "17M", "1000", "0", "1.5M", "9999999999M", "0xFFFFFFFFK"})
    void refusesWhatIsNoMemorysSize(String text) {
        assertThatThrownBy(() -> Sizes.parse("flash", text, LARGEST))
                .isInstanceOf(UsageError.class)
                .hasMessageStartingWith("--flash " + text);
    }

    @Test
    void writesThemShort() {
        assertThat(Sizes.format(2 << 20)).isEqualTo("2M");
        assertThat(Sizes.format(192 << 10)).isEqualTo("192K");
        assertThat(Sizes.format(1500)).isEqualTo("1500");
    }
}
