// SPDX-License-Identifier: MIT
package picorn.stm32f4.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.Engines;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.BoardModel;

/** CMSIS-SVD files that users bring (CMSIS-SVD 1.3). */
class SvdReaderTest {
    private static final String MINE =
            """
            <?xml version="1.0" encoding="utf-8"?>
            <device><name>MINE</name><peripherals>
              <peripheral><name>USART1</name><description>serial port</description><baseAddress>0x40011000</baseAddress>
                <registers><register><name>CR1</name><description>Control
                    register 1</description><addressOffset>0xC</addressOffset>
                  <fields><field><name>UE</name><description>USART enable</description>
                    <bitOffset>13</bitOffset><bitWidth>1</bitWidth></field></fields></register></registers></peripheral>
              <peripheral><name>GATE</name><baseAddress>0x20000000</baseAddress>
                <registers><register><name>CTL</name><addressOffset>4</addressOffset>
                  <fields><field><name>MODE</name><bitRange>[6:4]</bitRange></field>
                    <field><name>ON</name><lsb>0</lsb><msb>0</msb></field></fields></register>
                  <register><dim>2</dim><dimIncrement>4</dimIncrement><dimIndex>3-4</dimIndex><name>CH%s</name>
                    <addressOffset>8</addressOffset><fields><field><dim>2</dim><dimIncrement>8</dimIncrement><name>EN%s</name>
                    <bitOffset>1</bitOffset></field></fields></register>
                  <register derivedFrom="CTL"><name>CTL2</name><addressOffset>0x10</addressOffset></register>
                  <cluster><dim>2</dim><dimIncrement>0x20</dimIncrement><name>LANE[%s]</name><addressOffset>0x40</addressOffset>
                    <register><name>DATA</name><addressOffset>8</addressOffset></register></cluster>
                  <cluster derivedFrom="LANE[%s]"><name>SPARE</name><addressOffset>0x80</addressOffset></cluster></registers></peripheral>
              <peripheral derivedFrom="GATE"><name>GATE2</name><baseAddress>0x20000100</baseAddress></peripheral>
            </peripherals></device>
            """;

    private static Description read(String text) throws BadDescription {
        return SvdReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void descriptionsStandBesideWhatIsKnown() throws BadDescription {
        try (Board board = new Board(BoardModel.stm32429iEval().withSdram(0), Engines.named("java"))) {
            String shown = new Inspector(board.machine(), read(MINE))
                    .register("USART1.CR1")
                    .orElseThrow()
                    .toText();
            assertThat(shown)
                    .startsWith("USART1.CR1 0x4001100c = 0x00000000  Control register 1\n")
                    .containsPattern("UE +\\[13] +0 +rw; USART enable\n");
        }
    }

    @Test
    void namesOfTheUsersAreFoundToo() throws BadDescription {
        try (Board board = new Board(BoardModel.stm32429iEval().withSdram(0), Engines.named("java"))) {
            board.machine().bus().write(0x2000_0104, 4, 0x51);
            Inspector inspector = new Inspector(board.machine(), read(MINE));
            assertThat(inspector.register("gate2.ctl").orElseThrow().toText())
                    .startsWith("GATE2.CTL 0x20000104 = 0x00000051\n")
                    .containsPattern("MODE +\\[6:4] +5 ")
                    .containsPattern("ON +\\[0] +1 ");
            assertThat(inspector.registers("GATE"))
                    .extracting(RegisterView::name, RegisterView::address)
                    .containsExactly(
                            tuple("GATE.CTL", 0x2000_0004),
                            tuple("GATE.CH3", 0x2000_0008),
                            tuple("GATE.CH4", 0x2000_000C),
                            tuple("GATE.CTL2", 0x2000_0010),
                            tuple("GATE.LANE[0].DATA", 0x2000_0048),
                            tuple("GATE.LANE[1].DATA", 0x2000_0068),
                            tuple("GATE.SPARE.DATA", 0x2000_0088));
            assertThat(inspector.register("gate.ch4").orElseThrow().fields())
                    .extracting(RegisterView.FieldView::name, RegisterView.FieldView::lsb)
                    .containsExactly(tuple("EN1", 9), tuple("EN0", 1));
            assertThat(inspector.register("gate2.ctl2").orElseThrow().fields()).hasSize(2);
        }
    }

    @Test
    void whatIsNoDescriptionIsRefusedInOneLine() {
        for (String text : new String[] {"", "<device>", "<a/>", MINE.replace("0x40011000", "nowhere"), "\u0000"}) {
            assertThatThrownBy(() -> read(text))
                    .isInstanceOf(BadDescription.class)
                    .message()
                    .hasLineCount(1);
        }
    }

    @Test
    void nothingOutsideTheFileIsRead() {
        String entity = "<!DOCTYPE device [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>";
        assertThatThrownBy(() -> read(MINE.replace("?>", "?>" + entity).replace("serial port", "&x;")))
                .isInstanceOf(BadDescription.class);
    }
}
