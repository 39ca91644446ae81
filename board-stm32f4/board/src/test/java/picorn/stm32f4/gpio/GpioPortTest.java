// SPDX-License-Identifier: MIT
package picorn.stm32f4.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picorn.stm32f4.ChipRig;

/** RM0090, chapter 8. */
class GpioPortTest {
    private final ChipRig rig = new ChipRig();
    private final GpioPort port = rig.chip.port('C');
    private final List<String> changes = new ArrayList<>();

    @BeforeEach
    void enable() {
        rig.set("RCC.AHB1ENR", 1 << 2);
        port.onChange((pin, high) -> changes.add(pin + (high ? " high" : " low")));
    }

    @Test
    void pushPullOutputDrivesBothWays() {
        rig.write("GPIOC.MODER", 1 << 10);
        rig.write("GPIOC.ODR", 1 << 5);
        assertThat(port.isHigh(5)).isTrue();
        port.drive(5, Drive.LOW);
        assertThat(rig.read("GPIOC.IDR")).as("the chip's output is stronger").isEqualTo(1 << 5);
        rig.write("GPIOC.ODR", 0);
        assertThat(changes).containsExactly("5 high", "5 low");
    }

    @Test
    void openDrainOutputOnlyPullsDown() {
        rig.write("GPIOC.OTYPER", 1 << 5);
        rig.write("GPIOC.MODER", 1 << 10);
        rig.write("GPIOC.ODR", 1 << 5);
        assertThat(port.isHigh(5)).isFalse();
        port.drive(5, Drive.HIGH);
        assertThat(port.isHigh(5)).isTrue();
        rig.write("GPIOC.ODR", 0);
        assertThat(port.isHigh(5)).isFalse();
        port.drive(5, Drive.FLOATING);
        rig.write("GPIOC.PUPDR", 1 << 10);
        rig.write("GPIOC.ODR", 1 << 5);
        assertThat(port.isHigh(5)).as("its pull-up").isTrue();
    }

    @Test
    void inputFollowsTheBoardThenThePulls() {
        rig.write("GPIOC.PUPDR", 1 << 6);
        assertThat(rig.read("GPIOC.IDR")).isEqualTo(1 << 3);
        port.drive(3, Drive.LOW);
        assertThat(rig.read("GPIOC.IDR")).isZero();
        port.drive(3, Drive.FLOATING);
        rig.write("GPIOC.PUPDR", 2 << 6);
        assertThat(rig.read("GPIOC.IDR")).isZero();
    }

    @Test
    void analogPinReadsAsZero() {
        port.drive(2, Drive.HIGH);
        assertThat(rig.read("GPIOC.IDR")).isEqualTo(4);
        rig.write("GPIOC.MODER", 3 << 4);
        assertThat(rig.read("GPIOC.IDR")).isZero();
        assertThat(port.isHigh(2)).isTrue();
    }

    @Test
    void setWinsOverResetInBsrr() {
        rig.write("GPIOC.ODR", 0xF0);
        rig.write("GPIOC.BSRR", 0x0030_0011);
        assertThat(rig.read("GPIOC.ODR")).isEqualTo(0xD1);
        assertThat(rig.read("GPIOC.BSRR")).isZero();
        rig.write(rig.address("GPIOC.BSRR") + 2, 2, 1);
        assertThat(rig.read("GPIOC.ODR")).as("BSRRH of older headers").isEqualTo(0xD0);
    }

    @Test
    void lockSequenceFreezesTheConfigurationUntilReset() {
        rig.write("GPIOC.MODER", 1);
        rig.write("GPIOC.LCKR", 0x1_0003);
        rig.write("GPIOC.LCKR", 0x0_0003);
        rig.write("GPIOC.LCKR", 0x1_0003);
        assertThat(rig.read("GPIOC.LCKR")).isEqualTo(0x1_0003);
        rig.write("GPIOC.MODER", 0x1A);
        assertThat(rig.read("GPIOC.MODER")).as("pins 0 and 1 keep theirs").isEqualTo(0x11);
        rig.write("GPIOC.AFRL", 0x777);
        assertThat(rig.read("GPIOC.AFRL")).isEqualTo(0x700);
        rig.write("GPIOC.OTYPER", 7);
        assertThat(rig.read("GPIOC.OTYPER")).isEqualTo(4);
        rig.write("GPIOC.ODR", 1);
        assertThat(port.isHigh(0)).as("output data is not locked").isTrue();
        rig.write("RCC.AHB1RSTR", 1 << 2);
        rig.write("RCC.AHB1RSTR", 0);
        rig.write("GPIOC.MODER", 0x1A);
        assertThat(rig.read("GPIOC.MODER")).isEqualTo(0x1A);
    }

    @Test
    void brokenLockSequenceLocksNothing() {
        rig.write("GPIOC.LCKR", 0x1_0003);
        rig.write("GPIOC.LCKR", 0x0_0003);
        rig.write("GPIOC.LCKR", 0x1_0007);
        rig.write("GPIOC.MODER", 1);
        assertThat(rig.read("GPIOC.LCKR") >>> 16).isZero();
        assertThat(rig.read("GPIOC.MODER")).isEqualTo(1);
    }

    @Test
    void debugPinsStartWithTheirPulls() {
        rig.enableAll();
        assertThat(rig.read("GPIOA.IDR")).as("JTMS and JTDI pulled up").isEqualTo(1 << 13 | 1 << 15);
        assertThat(rig.read("GPIOB.IDR")).as("NJTRST pulled up").isEqualTo(1 << 4);
    }
}
