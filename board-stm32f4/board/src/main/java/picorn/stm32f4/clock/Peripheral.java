// SPDX-License-Identifier: MIT
package picorn.stm32f4.clock;

import static picorn.stm32f4.clock.ClockBus.AHB1;
import static picorn.stm32f4.clock.ClockBus.AHB2;
import static picorn.stm32f4.clock.ClockBus.AHB3;
import static picorn.stm32f4.clock.ClockBus.APB1;
import static picorn.stm32f4.clock.ClockBus.APB2;
import static picorn.stm32f4.clock.Peripheral.Bits.ALL;
import static picorn.stm32f4.clock.Peripheral.Bits.ENABLE;
import static picorn.stm32f4.clock.Peripheral.Bits.ENABLES;
import static picorn.stm32f4.clock.Peripheral.Bits.RESET;
import static picorn.stm32f4.clock.Peripheral.Bits.SLEEP;

/** What RCC of an STM32F42x resets, enables, and enables in Sleep mode, each by the same bit of its bus's registers (RM0090, 6.3.26). */
public enum Peripheral {
    GPIOA(AHB1, 0),
    GPIOB(AHB1, 1),
    GPIOC(AHB1, 2),
    GPIOD(AHB1, 3),
    GPIOE(AHB1, 4),
    GPIOF(AHB1, 5),
    GPIOG(AHB1, 6),
    GPIOH(AHB1, 7),
    GPIOI(AHB1, 8),
    GPIOJ(AHB1, 9),
    GPIOK(AHB1, 10),
    CRC(AHB1, 12),
    FLITF(AHB1, 15, SLEEP),
    SRAM1(AHB1, 16, SLEEP),
    SRAM2(AHB1, 17, SLEEP),
    BKPSRAM(AHB1, 18, ENABLES),
    SRAM3(AHB1, 19, SLEEP),
    CCMDATARAM(AHB1, 20, ENABLE),
    DMA1(AHB1, 21),
    DMA2(AHB1, 22),
    DMA2D(AHB1, 23),
    ETHMAC(AHB1, 25),
    ETHMACTX(AHB1, 26, ENABLES),
    ETHMACRX(AHB1, 27, ENABLES),
    ETHMACPTP(AHB1, 28, ENABLES),
    OTGHS(AHB1, 29),
    OTGHSULPI(AHB1, 30, ENABLES),
    DCMI(AHB2, 0),
    CRYP(AHB2, 4),
    HASH(AHB2, 5),
    RNG(AHB2, 6),
    OTGFS(AHB2, 7),
    FMC(AHB3, 0),
    TIM2(APB1, 0),
    TIM3(APB1, 1),
    TIM4(APB1, 2),
    TIM5(APB1, 3),
    TIM6(APB1, 4),
    TIM7(APB1, 5),
    TIM12(APB1, 6),
    TIM13(APB1, 7),
    TIM14(APB1, 8),
    WWDG(APB1, 11),
    SPI2(APB1, 14),
    SPI3(APB1, 15),
    USART2(APB1, 17),
    USART3(APB1, 18),
    UART4(APB1, 19),
    UART5(APB1, 20),
    I2C1(APB1, 21),
    I2C2(APB1, 22),
    I2C3(APB1, 23),
    CAN1(APB1, 25),
    CAN2(APB1, 26),
    PWR(APB1, 28),
    DAC(APB1, 29),
    UART7(APB1, 30),
    UART8(APB1, 31),
    TIM1(APB2, 0),
    TIM8(APB2, 1),
    USART1(APB2, 4),
    USART6(APB2, 5),
    ADC(APB2, 8, RESET),
    ADC1(APB2, 8, ENABLES),
    ADC2(APB2, 9, ENABLES),
    ADC3(APB2, 10, ENABLES),
    SDIO(APB2, 11),
    SPI1(APB2, 12),
    SPI4(APB2, 13),
    SYSCFG(APB2, 14),
    TIM9(APB2, 16),
    TIM10(APB2, 17),
    TIM11(APB2, 18),
    SPI5(APB2, 20),
    SPI6(APB2, 21),
    SAI1(APB2, 22),
    LTDC(APB2, 26);

    /** Which of its bus's registers hold a bit of it. */
    enum Bits {
        ALL(true, true, true),
        ENABLES(false, true, true),
        ENABLE(false, true, false),
        SLEEP(false, false, true),
        RESET(true, false, false);

        final boolean reset;
        final boolean enable;
        final boolean sleep;

        Bits(boolean reset, boolean enable, boolean sleep) {
            this.reset = reset;
            this.enable = enable;
            this.sleep = sleep;
        }
    }

    private final ClockBus bus;
    private final int bit;
    private final Bits bits;

    Peripheral(ClockBus bus, int bit) {
        this(bus, bit, ALL);
    }

    Peripheral(ClockBus bus, int bit, Bits bits) {
        this.bus = bus;
        this.bit = bit;
        this.bits = bits;
    }

    /** The bus that it is on. */
    public ClockBus bus() {
        return bus;
    }

    int bit() {
        return bit;
    }

    Bits bits() {
        return bits;
    }
}
