// SPDX-License-Identifier: MIT
package picorn.stm32f4.usart;

import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** A bounded queue of characters that are on their way to a USART. */
final class CharacterQueue implements Saved {
    private final int[] characters;
    private int first;
    private int size;

    CharacterQueue(int capacity) {
        characters = new int[capacity];
    }

    /** Takes {@code character}, unless it is full. */
    boolean offer(int character) {
        if (size == characters.length) {
            return false;
        }
        characters[(first + size++) % characters.length] = character;
        return true;
    }

    /** The oldest, which must exist; it is removed. */
    int remove() {
        int character = characters[first];
        first = (first + 1) % characters.length;
        size--;
        return character;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int room() {
        return characters.length - size;
    }

    void clear() {
        size = 0;
    }

    @Override
    public void save(StateWriter out) {
        out.int32(size);
        for (int i = 0; i < size; i++) {
            out.int32(characters[(first + i) % characters.length]);
        }
    }

    @Override
    public void load(StateReader in) {
        first = 0;
        size = 0;
        for (int left = in.int32(); left > 0; left--) {
            offer(in.int32());
        }
    }
}
