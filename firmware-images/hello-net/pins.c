// SPDX-License-Identifier: MIT
#include "pins.h"

#include "stm32f4.h"

enum PinMode {
    MODER_ALTERNATE = 2
};

enum PinSpeed {
    OSPEEDR_VERY_HIGH = 3
};

static void set_field(volatile uint32_t *reg, unsigned index, unsigned width, uint32_t value) {
    const uint32_t mask = (1u << width) - 1u;
    const unsigned shift = index * width;
    *reg = (*reg & ~(mask << shift)) | value << shift;
}

/* The function is chosen before the mode, so that the pin never shows another one. */
static void configure(const struct Pin *pin) {
    struct Gpio *gpio = GPIO(pin->port);
    set_field(&gpio->AFR[pin->number / 8], pin->number % 8, 4, pin->function);
    set_field(&gpio->OTYPER, pin->number, 1, 0);
    set_field(&gpio->OSPEEDR, pin->number, 2, OSPEEDR_VERY_HIGH);
    set_field(&gpio->PUPDR, pin->number, 2, 0);
    set_field(&gpio->MODER, pin->number, 2, MODER_ALTERNATE);
}

void pins_configure(const struct Pin *pins, size_t count) {
    for (size_t i = 0; i < count; i++) {
        RCC->AHB1ENR |= RCC_AHB1ENR_GPIO(pins[i].port);
        (void) RCC->AHB1ENR;
        configure(&pins[i]);
    }
}
