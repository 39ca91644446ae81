// SPDX-License-Identifier: MIT
package picorn.emulator.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picorn.emulator.core.CoreBus;
import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;
import picorn.emulator.engine.JavaProvider;

class BusTest {
    private static final int SRAM = 0x2000_0000;
    private static final int CCM = 0x1000_0000;
    private static final int FLASH = 0x0800_0000;
    private static final int USART1 = 0x4001_1000;

    private final List<String> engineCalls = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private final List<String> accesses = new ArrayList<>();
    private final CpuEngine engine = (CpuEngine) Proxy.newProxyInstance(
            BusTest.class.getClassLoader(), new Class<?>[] {CpuEngine.class}, (proxy, method, arguments) -> {
                engineCalls.add(method.getName() + " " + lastTwo(arguments));
                return null;
            });
    private final Bus bus = new Bus(engine, (kind, subject) -> findings.add(kind + " " + subject));
    private final CpuEngine memories = new JavaProvider().create(new CoreBus());
    private final Ram sram = memories.allocate(1024);
    private final Ram ccm = memories.allocate(1024);
    private final Ram flash = memories.allocate(1024);
    private final Region.Memory flashRegion =
            new Region.Memory("flash", FLASH, 1024, flash, 0, Mapping.READ_EXECUTE, Region.Masters.ALL);
    private boolean clockOn = true;

    private static String lastTwo(Object[] arguments) {
        int n = arguments.length;
        return arguments[n - 2] + " " + arguments[n - 1];
    }

    private final Device device = new Device() {
        @Override
        public String name() {
            return "USART1";
        }

        @Override
        public int read(int offset, int width) {
            accesses.add("read %x %d".formatted(offset, width));
            return 0x8000_00AA;
        }

        @Override
        public void write(int offset, int width, int value) {
            accesses.add("write %x %d %x".formatted(offset, width, value));
        }

        @Override
        public int peek(int offset, int width) {
            return 0x55;
        }
    };

    BusTest() {
        bus.map(new Region.Memory("SRAM", SRAM, 1024, sram, 0, Mapping.READ_WRITE_EXECUTE, Region.Masters.ALL));
        bus.map(new Region.Memory("CCM", CCM, 1024, ccm, 0, Mapping.READ_WRITE, Region.Masters.CORE_ONLY));
        bus.map(flashRegion);
        bus.attach(USART1, 0x400, device, () -> clockOn);
        engineCalls.clear();
    }

    @Test
    void deviceSeesOffsetAndWidthAndItsAnswerIsUnsigned() {
        assertThat(bus.read(USART1 + 4, 2)).isEqualTo(0x8000_00AAL);
        assertThat(bus.write(USART1 + 0xC, 4, 0x200C)).isTrue();
        assertThat(accesses).containsExactly("read 4 2", "write c 4 200c");
    }

    @Test
    void peekHasNoEffect() {
        assertThat(bus.peek(USART1, 4)).isEqualTo(0x55);
        assertThat(bus.peek(0x6000_0000, 4)).isEqualTo(CpuBus.FAULT);
        assertThat(accesses).isEmpty();
        assertThat(findings).isEmpty();
    }

    @Test
    void gatedDeviceReadsAsZeroAndLosesWritesWithAReport() {
        clockOn = false;
        assertThat(bus.read(USART1, 4)).isZero();
        assertThat(bus.write(USART1, 4, 1)).isTrue();
        assertThat(accesses).isEmpty();
        assertThat(findings).containsOnly("CLOCK_GATED USART1+0x0");
    }

    @Test
    void memoryIsReachedInEveryWidthAndTheEngineHearsOfWrites() {
        assertThat(bus.write(SRAM + 8, 4, 0x8765_4321)).isTrue();
        assertThat(bus.read(SRAM + 8, 4)).isEqualTo(0x8765_4321L);
        assertThat(bus.read(SRAM + 9, 2)).isEqualTo(0x6543);
        assertThat(bus.read(SRAM + 11, 1)).isEqualTo(0x87);
        assertThat(engineCalls).containsExactly("changed 8 4");
    }

    @Test
    void accessToNothingFaultsAndNamesTheNearest() {
        assertThat(bus.read(USART1 + 0x424, 4)).isEqualTo(CpuBus.FAULT);
        assertThat(bus.write(0x3FFF_FFF0, 1, 0)).isFalse();
        assertThat(findings)
                .containsExactly(
                        "ACCESS_TO_NOTHING 0x40011424 (load of 4 octets; 0x25 past the end of USART1)",
                        "ACCESS_TO_NOTHING 0x3ffffff0 (store of 1 octets; 0x11010 before USART1)");
    }

    @Test
    void accessOverTheEndOfAMemoryFaults() {
        assertThat(bus.read(SRAM + 1022, 4)).isEqualTo(CpuBus.FAULT);
        assertThat(bus.write(SRAM + 1023, 2, 0)).isFalse();
    }

    @Test
    void storeToFlashIsLostWithAReportUnlessSomebodyTakesIt() {
        assertThat(bus.write(FLASH + 4, 4, 1)).isTrue();
        assertThat(flash.get32(4)).isZero();
        assertThat(findings).containsExactly("MEMORY_NOT_WRITABLE flash");

        bus.onReadOnlyStore(
                flash, (offset, width, value) -> accesses.add("program %x %d %x".formatted(offset, width, value)));
        bus.write(FLASH + 6, 2, 0xBEEF);
        assertThat(accesses).containsExactly("program 6 2 beef");
        assertThat(findings).hasSize(1);
    }

    @Test
    void dmaDoesNotReachTheCoresOwnMemory() {
        assertThat(bus.dma().read(CCM, 4)).isEqualTo(CpuBus.FAULT);
        assertThat(bus.dma().write(CCM, 4, 1)).isFalse();
        assertThat(bus.dma().read(CCM, new byte[4], 0, 4)).isFalse();
        assertThat(bus.dma().write(CCM, new byte[4], 0, 4)).isFalse();
        assertThat(bus.read(CCM, 4)).isZero();
    }

    @Test
    void dmaMovesWholeBlocksOrNothing() {
        byte[] block = {1, 2, 3, 4, 5};
        assertThat(bus.dma().write(SRAM + 1019, block, 0, 5)).isTrue();
        assertThat(engineCalls).containsExactly("changed 1019 5");
        byte[] back = new byte[6];
        assertThat(bus.dma().read(SRAM + 1019, back, 1, 5)).isTrue();
        assertThat(back).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(bus.dma().write(SRAM + 1020, new byte[5], 0, 5)).isFalse();
        assertThat(bus.dma().read(SRAM + 1020, back, 0, 5)).isFalse();
        assertThat(bus.dma().read(SRAM, back, 0, -1)).isFalse();
        assertThat(bus.dma().write(FLASH, block, 0, 5)).isFalse();
        assertThat(bus.dma().read(USART1, back, 0, 4)).isFalse();
        assertThat(sram.get32(1020)).isEqualTo(0x0504_0302);
    }

    @Test
    void dmaSaysWhatItCouldMove() {
        assertThat(bus.dma().canRead(SRAM + 1019, 5)).isTrue();
        assertThat(bus.dma().canWrite(SRAM + 1019, 5)).isTrue();
        assertThat(bus.dma().canRead(SRAM + 1020, 5)).isFalse();
        assertThat(bus.dma().canWrite(SRAM + 1020, 5)).isFalse();
        assertThat(bus.dma().canRead(FLASH, 4)).isTrue();
        assertThat(bus.dma().canWrite(FLASH, 4)).isFalse();
        assertThat(bus.dma().canRead(CCM, 4)).isFalse();
        assertThat(bus.dma().canWrite(USART1, 4)).isFalse();
    }

    @Test
    void dmaReachesDevicesWordByWord() {
        assertThat(bus.dma().read(USART1 + 4, 1)).isEqualTo(0x8000_00AAL);
        assertThat(accesses).containsExactly("read 4 1");
    }

    @Test
    void overlappingAndRaggedRegionsAreRefused() {
        assertThatThrownBy(() -> bus.attach(USART1 + 0x300, 0x400, device))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("USART1 overlaps USART1");
        assertThatThrownBy(() -> bus.attach(USART1 - 0x100, 0x800, device))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bus.attach(0x5000_0080, 0x100, device)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bus.attach(0x5000_0000, 0, device)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unmappedMemoryIsGoneAndItsPlaceIsFree() {
        bus.unmap(flashRegion);
        assertThat(bus.read(FLASH, 4)).isEqualTo(CpuBus.FAULT);
        bus.attach(FLASH, 0x100, device);
        assertThat(bus.read(FLASH, 4)).isEqualTo(0x8000_00AAL);
    }

    @Test
    void regionsAreListedByUnsignedAddress() {
        bus.attach(0xE004_2000, 0x400, device);
        assertThat(bus.regions()).extracting(Region::base).containsExactly(FLASH, CCM, SRAM, USART1, 0xE004_2000);
    }
}
