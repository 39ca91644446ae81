// SPDX-License-Identifier: MIT
package picorn.stm32f4.chip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picorn.emulator.register.Field;
import picorn.emulator.register.FieldAccess;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.stm32f4.ChipRig;

/** Holds every modelled block against the table of ST; where RM0090 says otherwise, it stands in the list with the reason. */
class RegisterTableTest {
    /** Differences, as regular expressions, and why ours is right. */
    private static final Map<String, String> EXCEPTIONS = Map.ofEntries(
            Map.entry(
                    "DBGMCU\\.IDCODE reset .*",
                    "the table has that of another chip; the F429 is 0x419 (RM0090, 38.6.1)"),
            Map.entry("DBGMCU\\.APB1_FZ\\.DBG_(I2C|IWDG).* at .*", "misspelt in the table (38.16.4)"),
            Map.entry("DBGMCU\\.APB1_FZ\\.DBG_RTC_STOP extra", "missing in the table (38.16.4)"),
            Map.entry("FLASH\\.ACR\\.ICRST is RW", "rw as DCRST (3.9.2)"),
            Map.entry("FLASH\\.SR\\.RDERR extra", "missing in the table (3.9.5, F42x)"),
            Map.entry("GPIOA\\.OSPEEDR reset .*", "PA13 starts at very high speed (8.4.3)"),
            Map.entry("PWR\\.CR\\.(LPUDS|MRUDS|ADCDC1) .*", "the table has the F405's names, or lacks it (5.5.1)"),
            Map.entry("PWR\\.CR\\.C(WU|SB)F is WO", "rc_w1 and always read as 0 (5.5.1)"),
            Map.entry("PWR\\.CSR\\.VOSRDY is RO", "r (5.5.2)"),
            Map.entry(
                    "RCC\\.AHB1(RST|EN|LPEN)R\\.(DMA2D|GPIO[JK])(RST|EN|LPEN) extra",
                    "the F42x has them (6.3.5, 6.3.10, 6.3.15)"),
            Map.entry(
                    "RCC\\.(AHB1|APB1|APB2)LPENR reset .*",
                    "with the peripherals of the F42x (6.3.15, 6.3.18, 6.3.19)"),
            Map.entry("RCC\\.APB2(RST|LPEN)R\\.(SAI1|LTDC)(RST|LPEN) extra", "the F42x has them (6.3.9, 6.3.19)"),
            Map.entry("RCC\\.(AHB2RSTR\\.HASH|APB1RSTR\\.USART[23])RST at .*", "misspelt in the table (6.3.6, 6.3.8)"),
            Map.entry("RCC\\.APB1ENR\\.UART[78]EN at .*", "misspelt in the table (6.3.13)"),
            Map.entry("RCC\\.CIR\\.PLLSAIRDY(F|IE|C) extra", "the F42x has them (6.3.4)"),
            Map.entry("RCC\\.CR\\.PLLSAIRDY is RO", "r (6.3.1)"),
            Map.entry("RCC\\.CSR\\..*RSTF is RO", "r (6.3.21)"),
            Map.entry("RCC\\.CSR\\.(IWDG|PIN)RSTF at .*", "named so in 6.3.21"),
            Map.entry("RCC\\.CSR\\.RMVF is WO", "rt_w: it only clears (6.3.21)"),
            Map.entry("RCC\\.PLLI2SCFGR.*", "the F42x has PLLI2SQ, 4 after reset (6.3.23)"),
            Map.entry("SYSCFG\\.CMPCR\\.CMP_PD is RW", "rw (9.3.7)"),
            Map.entry("TIM[2-5]\\.ARR reset .*", "all ones (18.4.12)"),
            Map.entry("TIM[2-5]\\.CCMR1_Input\\.IC[12]PSC at .*", "misspelt in the table (18.4.7)"),
            Map.entry(
                    "TIM[34]\\.(CNT|ARR|CCR[1-4])\\..*",
                    "16 bits: halves are those of TIM2 and TIM5 (18.4.10 to 18.4.16)"),
            Map.entry("TIM5\\.OR\\.TI4_RMP at .*", "misspelt in the table (18.4.20)"),
            Map.entry("US?ART\\d\\.SR reset .*", "TXE and TC are bits 7 and 6 (30.6.1)"),
            Map.entry(
                    "UART[78]\\.(CR2|CR3|GTPR).* lacks",
                    "an UART has no synchronous and smartcard mode, nor flow control (30.1)"),
            Map.entry("UART[78]\\.SR\\.CTS lacks", "an UART has no flow control (30.1)"));

    private final RegisterTable table = RegisterTable.stm32f429();
    private final List<String> differences = new ArrayList<>();

    @Test
    void everyModelledBlockIsAsTheTableSays() {
        for (RegisterBlock block : new ChipRig().chip.blocks()) {
            compare(block, table.registers(table.peripheral(block.name()).orElseThrow()));
        }
        List<String> unexplained = differences.stream()
                .filter(d -> EXCEPTIONS.keySet().stream().noneMatch(d::matches))
                .toList();
        assertThat(unexplained).isEmpty();
        List<String> stale = EXCEPTIONS.keySet().stream()
                .filter(e -> differences.stream().noneMatch(d -> d.matches(e)))
                .toList();
        assertThat(stale).as("exceptions that are none").isEmpty();
    }

    private void compare(RegisterBlock block, List<RegisterTable.Register> expected) {
        Map<String, Register> ours =
                block.registers().stream().collect(Collectors.toMap(Register::name, register -> register));
        for (RegisterTable.Register register : expected) {
            Register found = ours.remove(register.name());
            if (found == null) {
                differ("%s.%s lacks", block.name(), register.name());
            } else {
                compare(found, register);
            }
        }
        ours.values().forEach(register -> differ("%s extra", register));
    }

    private void compare(Register ours, RegisterTable.Register expected) {
        if (ours.offset() != expected.offset()) {
            differ("%s offset 0x%x", ours, ours.offset());
        }
        if (ours.resetValue() != expected.resetValue()) {
            differ("%s reset 0x%08X, not 0x%08X", ours, ours.resetValue(), expected.resetValue());
        }
        for (RegisterTable.Field field : expected.fields()) {
            compare(ours, field);
        }
        for (Field field : ours.fields()) {
            if (expected.fields().stream().noneMatch(e -> (e.mask() & field.mask()) != 0)) {
                differ("%s extra", field);
            }
        }
    }

    private void compare(Register ours, RegisterTable.Field expected) {
        Optional<Field> found = ours.fields().stream()
                .filter(field -> (field.mask() & expected.mask()) != 0)
                .findFirst();
        if (found.isEmpty()) {
            differ("%s.%s lacks", ours, expected.name());
            return;
        }
        Field field = found.get();
        boolean part = (field.mask() & expected.mask()) == expected.mask() && field.mask() != expected.mask();
        boolean named = field.name().equals(expected.name())
                || part && expected.name().replaceFirst("(\\d+|_[LH])$", "").equals(field.name());
        if (!named || !part && field.mask() != expected.mask()) {
            differ("%s at %s[%d+%d]", field, expected.name(), expected.lsb(), expected.width());
        }
        if (!fits(field.access(), expected.access())) {
            differ("%s is %s", field, field.access());
        }
    }

    private static boolean fits(FieldAccess ours, RegisterTable.Access expected) {
        return switch (expected) {
            case READ_ONLY -> ours == FieldAccess.RO;
            case WRITE_ONLY -> ours == FieldAccess.WO;
            case READ_WRITE -> ours != FieldAccess.RO && ours != FieldAccess.WO;
        };
    }

    private void differ(String format, Object... arguments) {
        differences.add(format.formatted(arguments));
    }
}
