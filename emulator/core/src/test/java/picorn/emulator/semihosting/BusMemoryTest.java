// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picorn.emulator.bus.Bus;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;
import picorn.emulator.image.NotedMemory;

/** A guest's pointers on a bus. */
class BusMemoryTest {
    private final NotedMemory engine = new NotedMemory();
    private final Bus bus = engine.bus();
    private final Ram flash = engine.add(bus, "FLASH", 0x0800_0000, 1024, Mapping.READ_EXECUTE);
    private final Ram sram1 = engine.add(bus, "SRAM1", 0x2000_0000, 1024, Mapping.READ_WRITE_EXECUTE);
    private final Ram sram2 = engine.add(bus, "SRAM2", 0x2000_0400, 1024, Mapping.READ_WRITE_EXECUTE);
    private final BusMemory memory = new BusMemory(bus, engine);
    private final byte[] octets = {9, 1, 2, 3, 4, 9};

    @Test
    void aTransferMayCrossFromOneMemoryIntoTheNext() {
        assertThat(memory.write(0x2000_03FE, octets, 1, 4)).isTrue();
        assertThat(sram1.get16(0x3FE)).isEqualTo(0x0201);
        assertThat(sram2.get16(0)).isEqualTo(0x0403);
        assertThat(engine.changes).containsExactly("1022+2", "0+2");
        byte[] back = new byte[5];
        assertThat(memory.read(0x2000_03FE, back, 1, 4)).isTrue();
        assertThat(back).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void flashIsReadButNotWritten() {
        flash.put8(0, 7);
        byte[] back = new byte[1];
        assertThat(memory.read(0x0800_0000, back, 0, 1)).isTrue();
        assertThat(back).containsExactly(7);
        assertThat(memory.write(0x0800_0000, octets, 0, 1)).isFalse();
        assertThat(flash.get8(0)).isEqualTo(7);
    }

    @Test
    void whatIsNotAllMemoryFailsAsAWhole() {
        assertThat(memory.write(0x2000_07FE, octets, 0, 4)).isFalse();
        assertThat(sram2.get16(0x3FE)).isZero();
        assertThat(memory.read(0x4000_0000, octets, 0, 1)).isFalse();
    }
}
