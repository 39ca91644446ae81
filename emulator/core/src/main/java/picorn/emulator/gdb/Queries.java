// SPDX-License-Identifier: MIT
package picorn.emulator.gdb;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picorn.emulator.cpu.Reg;
import picorn.emulator.debug.Debugger;

/** {@code q} and {@code Q} packets. The core is one thread, number 1. */
final class Queries {
    private static final int LONGEST_LINE = 1024;

    private final Debugger debugger;
    private final Monitor monitor;
    private final MemoryCommands memory;
    private final PacketWriter writer;
    private final Map<String, Supplier<String>> documents;

    Queries(
            Debugger debugger,
            Monitor monitor,
            MemoryCommands memory,
            PacketWriter writer,
            Map<String, Supplier<String>> documents) {
        this.debugger = debugger;
        this.monitor = monitor;
        this.memory = memory;
        this.writer = writer;
        this.documents = documents;
    }

    String answer(String query) throws MalformedPacket {
        int end = query.indexOf(':') < 0 ? query.length() : query.indexOf(':');
        int comma = query.indexOf(',');
        String name = query.substring(0, comma < 0 ? end : Math.min(comma, end));
        String rest = query.substring(Math.min(query.length(), name.length() + 1));
        return switch (name) {
            case "qSupported" -> supported();
            case "QStartNoAckMode" -> withoutAcknowledgements();
            case "qXfer" -> transfer(rest);
            case "qAttached" -> "1";
            case "qC" -> "QC1";
            case "qfThreadInfo" -> "m1";
            case "qsThreadInfo" -> "l";
            case "qThreadExtraInfo" -> Hex.encode(mode());
            case "qSymbol" -> Reply.OK;
            case "qCRC" -> memory.check(new Arguments(rest));
            case "qRcmd" -> command(rest);
            default -> Reply.UNSUPPORTED;
        };
    }

    private String supported() {
        return "PacketSize=%x;qXfer:features:read+;qXfer:memory-map:read+;QStartNoAckMode+;vContSupported+%s"
                .formatted(PacketReader.LONGEST, debugger.remembers() ? ";ReverseStep+;ReverseContinue+" : "");
    }

    private String withoutAcknowledgements() {
        writer.stopAcknowledging();
        return Reply.OK;
    }

    private String mode() {
        int exception = debugger.get(Reg.XPSR) & 0x1FF;
        return exception == 0 ? "thread mode" : "handler of exception " + exception;
    }

    private String command(String digits) throws MalformedPacket {
        if (digits.length() > 2 * LONGEST_LINE) {
            throw MalformedPacket.INSTANCE;
        }
        String answer = monitor.execute(new String(Hex.decode(digits), StandardCharsets.UTF_8));
        return answer.isEmpty() ? Reply.OK : Hex.encode(answer);
    }

    /** {@code object:read:annex:offset,length}. */
    private String transfer(String request) throws MalformedPacket {
        String[] parts = request.split(":", -1);
        if (parts.length != 4 || !parts[1].equals("read")) {
            return Reply.UNSUPPORTED;
        }
        Optional<Supplier<String>> document = Optional.ofNullable(documents.get(parts[0] + ":" + parts[2]));
        if (document.isEmpty()) {
            return "E00";
        }
        String text = document.get().get();
        Arguments range = new Arguments(parts[3]);
        int offset = Math.min(range.number(Integer.MAX_VALUE), text.length());
        int length = Math.min(range.mark(',').number(), PacketReader.LONGEST / 4);
        int end = Math.min(text.length(), offset + Math.max(0, length));
        return (end == text.length() ? "l" : "m") + text.substring(offset, end);
    }
}
