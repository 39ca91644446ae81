// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VcdTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private long now;
    private final Vcd vcd = new Vcd(new TextOut(written), () -> now);

    private String text() {
        vcd.end();
        return written.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void isThatOfTheStandard() {
        Vcd.Wire irq = vcd.wire("interrupts", "USART1_active", false);
        Vcd.Wire pin = vcd.wire("GPIOA", "PA0", true);
        now = 500;
        vcd.begin();
        vcd.set(irq, true);
        now = 1000;
        vcd.set(irq, false);
        vcd.set(irq, false);
        vcd.set(pin, false);
        now = 2000;
        assertThat(text())
                .isEqualTo(
                        """
                        $timescale 1 ps $end
                        $scope module picorn $end
                        $scope module interrupts $end
                        $var wire 1 ! USART1_active $end
                        $upscope $end
                        $scope module GPIOA $end
                        $var wire 1 " PA0 $end
                        $upscope $end
                        $upscope $end
                        $enddefinitions $end
                        #500
                        $dumpvars
                        0!
                        1"
                        $end
                        1!
                        #1000
                        0!
                        0"
                        #2000
                        """);
    }

    @Test
    void everyWireHasACodeOfItsOwn() {
        int wires = 94 * 94 + 200;
        for (int i = 0; i < wires; i++) {
            vcd.wire("module " + i % 3, "wire " + i, false);
        }
        vcd.begin();
        Set<String> codes = new HashSet<>();
        text().lines().filter(line -> line.startsWith("$var")).forEach(line -> codes.add(line.split(" ")[3]));
        assertThat(codes).hasSize(wires).allMatch(code -> code.chars().allMatch(c -> c >= '!' && c <= '~'));
    }
}
