// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import java.util.List;
import java.util.OptionalInt;
import picorn.emulator.image.Symbols;

/** Down to where a program's main stack may grow, by the symbols that linker scripts define. */
public final class StackLimit {
    /** The limit itself: CMSIS's script for GCC, and what others call it. */
    private static final List<String> LIMITS =
            List.of("__StackLimit", "__stack_limit", "__stack_limit__", "_stack_limit", "_sstack", "__stack_bottom");

    /** The end of the stack and its size: ST's scripts, then CMSIS's. */
    private static final List<Sized> SIZED = List.of(
            new Sized("_estack", "_Min_Stack_Size"),
            new Sized("__StackTop", "__STACK_SIZE"),
            new Sized("__stack", "__STACK_SIZE"));

    private record Sized(String top, String size) {}

    private StackLimit() {}

    /** The lowest address that is the stack's; nothing if no symbol that is known here tells. */
    public static OptionalInt of(Symbols symbols) {
        for (String limit : LIMITS) {
            OptionalInt address = symbols.value(limit);
            if (address.isPresent()) {
                return address;
            }
        }
        for (Sized stack : SIZED) {
            OptionalInt top = symbols.value(stack.top());
            OptionalInt size = symbols.value(stack.size());
            if (top.isPresent() && size.isPresent()) {
                return OptionalInt.of(top.getAsInt() - size.getAsInt());
            }
        }
        return OptionalInt.empty();
    }
}
