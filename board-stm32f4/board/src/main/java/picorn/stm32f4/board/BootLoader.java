// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import java.util.Optional;
import picorn.emulator.bus.Region;
import picorn.emulator.image.Image;
import picorn.emulator.machine.Machine;
import picorn.stm32f4.chip.Memories;

/**
 * Stands in for the boot loader of an image that does not start at flash memory's first address: points VTOR to the image's vector
 * table and jumps.
 *
 * @param vectors first address of the image
 * @param entry where to start, if the image tells
 */
record BootLoader(int vectors, Optional<Integer> entry) {
    private static final int VTOR = 0xE000_ED08;

    static Optional<BootLoader> standInFor(Image image, Memories memories) {
        Region.Memory flash = memories.flash();
        boolean startsByItself = image.segments().stream()
                .anyMatch(segment -> segment.address() == flash.base() || segment.address() == 0);
        if (startsByItself || image.segments().isEmpty()) {
            return Optional.empty();
        }
        Optional<Integer> entry =
                image.entry().isPresent() ? Optional.of(image.entry().getAsInt()) : Optional.empty();
        return Optional.of(new BootLoader(image.segments().get(0).address(), entry));
    }

    void start(Machine machine) {
        int stack = (int) machine.bus().peek(vectors, 4);
        int reset = (int) machine.bus().peek(vectors + 4, 4);
        machine.bus().write(VTOR, 4, vectors);
        machine.core().start(stack, entry.orElse(reset) | 1);
    }
}
