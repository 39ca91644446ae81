// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import picorn.stm32f4.board.BoardModel;

/** {@code picorn boards}: what boards there are and what is on them. */
final class BoardsCommand implements Command {
    @Override
    public String name() {
        return "boards";
    }

    @Override
    public String arguments() {
        return "[NAME...]";
    }

    @Override
    public String summary() {
        return "lists the boards, or tells what is on each";
    }

    @Override
    public List<String> examples() {
        return List.of("picorn boards stm32429i-eval");
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public int run(CommandLine line) throws UsageError {
        if (line.getArgList().isEmpty()) {
            BoardModel.all().forEach(model -> System.out.printf("%-16s %s%n", model.name(), model.description()));
        } else {
            for (String name : line.getArgList()) {
                describe(Boards.named(name));
            }
        }
        return ExitStatus.WELL;
    }

    private static void describe(BoardModel model) {
        System.out.printf("%s: %s%n", model.name(), model.description());
        System.out.printf("  chip      %s, crystal %.3f MHz%n", model.chip(), model.crystalHertz() / 1e6);
        System.out.printf("  flash     %5s at 0x08000000, also at 0x00000000%n", Sizes.format(model.flash()));
        System.out.printf("  SRAM      %5s at 0x20000000%n", Sizes.format(model.sram()));
        System.out.printf("  CCM       %5s at 0x10000000, data of the core only%n", Sizes.format(model.ccm()));
        System.out.printf("  SDRAM     %5s at 0xC0000000%n", Sizes.format(model.sdram()));
        System.out.printf("  Ethernet  MII, PHY at address %d%n", model.phyAddress());
        System.out.printf("  console   USART%d%n", model.consoleUsart());
    }
}
