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
import java.util.StringTokenizer;
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

    /** By position. */
    private static final String NAMES =
            """
            WWDG PVD TAMP_STAMP RTC_WKUP FLASH RCC EXTI0 EXTI1 EXTI2 EXTI3 EXTI4 DMA1_Stream0 DMA1_Stream1 DMA1_Stream2
            DMA1_Stream3 DMA1_Stream4 DMA1_Stream5 DMA1_Stream6 ADC CAN1_TX CAN1_RX0 CAN1_RX1 CAN1_SCE EXTI9_5 TIM1_BRK_TIM9
            TIM1_UP_TIM10 TIM1_TRG_COM_TIM11 TIM1_CC TIM2 TIM3 TIM4 I2C1_EV I2C1_ER I2C2_EV I2C2_ER SPI1 SPI2 USART1 USART2
            USART3 EXTI15_10 RTC_Alarm OTG_FS_WKUP TIM8_BRK_TIM12 TIM8_UP_TIM13 TIM8_TRG_COM_TIM14 TIM8_CC DMA1_Stream7 FMC
            SDIO TIM5 SPI3 UART4 UART5 TIM6_DAC TIM7 DMA2_Stream0 DMA2_Stream1 DMA2_Stream2 DMA2_Stream3 DMA2_Stream4 ETH
            ETH_WKUP CAN2_TX CAN2_RX0 CAN2_RX1 CAN2_SCE OTG_FS DMA2_Stream5 DMA2_Stream6 DMA2_Stream7 USART6 I2C3_EV I2C3_ER
            OTG_HS_EP1_OUT OTG_HS_EP1_IN OTG_HS_WKUP OTG_HS DCMI CRYP HASH_RNG FPU UART7 UART8 SPI4 SPI5 SPI6 SAI1 LCD_TFT
            LCD_TFT_1 DMA2D
            """;

    private Interrupts() {}

    /** What the manual calls them, by position. */
    static List<String> names() {
        List<String> names = new ArrayList<>();
        StringTokenizer words = new StringTokenizer(NAMES);
        while (words.hasMoreTokens()) {
            names.add(words.nextToken());
        }
        return names;
    }

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
