// SPDX-License-Identifier: MIT
package picorn.stm32f4.chip;

import java.util.Arrays;
import java.util.Map;
import picorn.emulator.bus.Region;
import picorn.stm32f4.clock.Peripheral;
import picorn.stm32f4.clock.Rcc;

/** The clocks of peripherals that are not modelled, whose names in the register table differ from those of their enable bits. */
final class UnmodelledGates {
    private static final Map<String, Peripheral> OTHER_NAMES = Map.of(
            "I2S2ext", Peripheral.SPI2,
            "I2S3ext", Peripheral.SPI3,
            "C_ADC", Peripheral.ADC1);

    private static final Map<String, Peripheral> PREFIXES = Map.of(
            "Ethernet_", Peripheral.ETHMAC,
            "OTG_HS_", Peripheral.OTGHS,
            "OTG_FS_", Peripheral.OTGFS);

    private UnmodelledGates() {}

    /** The gate of a peripheral; open if RCC has none for it. */
    static Region.Gate of(String name, Rcc rcc) {
        Peripheral other = OTHER_NAMES.get(name);
        if (other != null) {
            return rcc.gate(other);
        }
        for (Map.Entry<String, Peripheral> prefix : PREFIXES.entrySet()) {
            if (name.startsWith(prefix.getKey())) {
                return rcc.gate(prefix.getValue());
            }
        }
        return Arrays.stream(Peripheral.values())
                .filter(peripheral -> peripheral.name().equals(name))
                .findFirst()
                .map(rcc::gate)
                .orElse(Region.Gate.OPEN);
    }
}
