// SPDX-License-Identifier: MIT
package picorn.stm32f4.chip;

import static picorn.stm32f4.system.Exti.ETH_WAKEUP;
import static picorn.stm32f4.system.Exti.OTG_FS_WAKEUP;
import static picorn.stm32f4.system.Exti.OTG_HS_WAKEUP;
import static picorn.stm32f4.system.Exti.PVD;
import static picorn.stm32f4.system.Exti.RTC_ALARM;
import static picorn.stm32f4.system.Exti.RTC_TAMPER;
import static picorn.stm32f4.system.Exti.RTC_WAKEUP;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import picorn.emulator.signal.Line;
import picorn.stm32f4.system.Exti;

/** Positions of the STM32F42x's interrupts in the vector table (RM0090, table 62). */
final class Interrupts {
    static final int FLASH = 4;
    static final int RCC = 5;
    static final int ETH = 61;
    static final int HASH_RNG = 80;

    private static final int EXTI0 = 6;
    private static final int EXTI9_5 = 23;
    private static final int EXTI15_10 = 40;

    private Interrupts() {}

    /** Position of TIM2 to TIM5. */
    static int timer(int n) {
        return n == 5 ? 50 : 26 + n;
    }

    /** Position of USART1 to UART8. */
    static int usart(int n) {
        return switch (n) {
            case 4, 5 -> 48 + n;
            case 6 -> 71;
            case 7, 8 -> 75 + n;
            default -> 36 + n;
        };
    }

    /** Which EXTI lines interrupt where. */
    static Exti.Interrupt[] exti(IntFunction<Line> request) {
        List<Exti.Interrupt> all = new ArrayList<>();
        for (int line = 0; line < 5; line++) {
            all.add(new Exti.Interrupt(1 << line, request.apply(EXTI0 + line)));
        }
        all.add(new Exti.Interrupt(0x03E0, request.apply(EXTI9_5)));
        all.add(new Exti.Interrupt(0xFC00, request.apply(EXTI15_10)));
        all.add(new Exti.Interrupt(1 << PVD, request.apply(1)));
        all.add(new Exti.Interrupt(1 << RTC_TAMPER, request.apply(2)));
        all.add(new Exti.Interrupt(1 << RTC_WAKEUP, request.apply(3)));
        all.add(new Exti.Interrupt(1 << RTC_ALARM, request.apply(41)));
        all.add(new Exti.Interrupt(1 << OTG_FS_WAKEUP, request.apply(42)));
        all.add(new Exti.Interrupt(1 << ETH_WAKEUP, request.apply(62)));
        all.add(new Exti.Interrupt(1 << OTG_HS_WAKEUP, request.apply(76)));
        return all.toArray(Exti.Interrupt[]::new);
    }
}
