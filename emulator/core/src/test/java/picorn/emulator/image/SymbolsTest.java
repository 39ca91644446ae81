// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Symbols by address and name. */
class SymbolsTest {
    private static final int WEAK_FUNCTION = 0x22;
    private static final int LOCAL_FUNCTION = 0x02;
    private static final int LOCAL_NOTYPE = 0x00;

    @Test
    void anAddressIsNamedByItsFunctionWithoutTheThumbBit() throws BadImage {
        Symbols symbols = Samples.read("a.elf", Samples.elf().build()).symbols();
        assertThat(symbols.at(0x0800_0010)).contains(new Symbol("main", 0x0800_0010, 16, Symbol.Kind.FUNCTION));
        assertThat(symbols.describe(0x0800_0010)).isEqualTo("main");
        assertThat(symbols.describe(0x0800_001E)).isEqualTo("main+0xe");
        assertThat(symbols.describe(0x0800_0020)).isEqualTo("0x08000020");
        assertThat(symbols.describe(0x0800_000F)).isEqualTo("0x0800000f");
        assertThat(symbols.describe(0x2000_0007)).isEqualTo("counter+0x3");
        assertThat(symbols.named("counter")).map(Symbol::address).contains(0x2000_0004);
        assertThat(symbols.named("nobody")).isEmpty();
        assertThat(symbols.size()).isEqualTo(2);
    }

    @Test
    void mappingSymbolsAndUndefinedOnesAreNoFunctions() throws BadImage {
        Symbols symbols = elf().symbol("$t", 0x0800_0000, 0, LOCAL_NOTYPE, 1)
                .symbol("$d", 0x0800_0004, 0, LOCAL_FUNCTION, 1)
                .symbol("missing", 0x0800_0000, 16, Samples.GLOBAL_FUNCTION, 0)
                .read();
        assertThat(symbols.size()).isZero();
        assertThat(symbols.describe(0x0800_0004)).isEqualTo("0x08000004");
    }

    @Test
    void aFunctionWithoutASizeReachesToTheNextOrTheEndOfItsSection() throws BadImage {
        Symbols symbols = elf().symbol("first", 0x0800_0001, 0, Samples.GLOBAL_FUNCTION, 1)
                .symbol("second", 0x0800_0009, 0, Samples.GLOBAL_FUNCTION, 1)
                .read();
        assertThat(symbols.describe(0x0800_0006)).isEqualTo("first+0x6");
        assertThat(symbols.describe(0x0800_001F)).isEqualTo("second+0x17");
        assertThat(symbols.describe(0x0800_0020)).isEqualTo("0x08000020");
    }

    @Test
    void ofSeveralNamesTheWeakOneComesLastAndTheGlobalOneFirst() throws BadImage {
        Symbols symbols = elf().symbol("TIM2_IRQHandler", 0x0800_0001, 4, WEAK_FUNCTION, 1)
                .symbol("local", 0x0800_0001, 4, LOCAL_FUNCTION, 1)
                .symbol("Default_Handler", 0x0800_0001, 4, Samples.GLOBAL_FUNCTION, 1)
                .read();
        assertThat(symbols.describe(0x0800_0002)).isEqualTo("Default_Handler+0x2");
        assertThat(symbols.named("TIM2_IRQHandler")).isPresent();
    }

    @Test
    void ofNestedFunctionsTheInnerOneIsNamedAndBehindItTheOuterOne() throws BadImage {
        Symbols symbols = elf().symbol("outer", 0x0800_0001, 32, Samples.GLOBAL_FUNCTION, 1)
                .symbol("inner", 0x0800_0009, 4, Samples.GLOBAL_FUNCTION, 1)
                .read();
        assertThat(symbols.describe(0x0800_000A)).isEqualTo("inner+0x2");
        assertThat(symbols.describe(0x0800_0010)).isEqualTo("outer+0x10");
    }

    @Test
    void namesAreMadeFitForOneLine() throws BadImage {
        Symbols symbols =
                elf().symbol("a\nb", 0x0800_0001, 4, Samples.GLOBAL_FUNCTION, 1).read();
        assertThat(symbols.describe(0x0800_0000)).isEqualTo("a?b");
    }

    private record Elf(ElfBuilder builder) {
        Elf symbol(String name, int value, int size, int info, int section) {
            builder.symbol(name, value, size, info, section);
            return this;
        }

        Symbols read() throws BadImage {
            return Samples.read("a.elf", builder.build()).symbols();
        }
    }

    private static Elf elf() {
        return new Elf(new ElfBuilder().load(0x0800_0000, 0x0800_0000, Samples.count(32)));
    }
}
