// SPDX-License-Identifier: MIT
/* Registers of the STM32F4 (RM0090), only those that our images use. */
#ifndef PICORN_STM32F4_H
#define PICORN_STM32F4_H

#include <stdint.h>

enum InterruptNumber {
    USART1_IRQn = 37,
    ETH_IRQn = 61,
    LAST_IRQn = 90
};

/* PWR, chapter 5 */
struct Pwr {
    volatile uint32_t CR, CSR;
};
#define PWR ((struct Pwr *) 0x40007000u)
#define PWR_CR_VOS_SCALE_1 (3u << 14)

/* RCC, chapter 6 */
struct Rcc {
    volatile uint32_t CR, PLLCFGR, CFGR, CIR;
    volatile uint32_t AHB1RSTR, AHB2RSTR, AHB3RSTR, reserved_1C, APB1RSTR, APB2RSTR, reserved_28, reserved_2C;
    volatile uint32_t AHB1ENR, AHB2ENR, AHB3ENR, reserved_3C, APB1ENR, APB2ENR;
};
#define RCC ((struct Rcc *) 0x40023800u)
#define RCC_CR_HSEON (1u << 16)
#define RCC_CR_HSERDY (1u << 17)
#define RCC_CR_PLLON (1u << 24)
#define RCC_CR_PLLRDY (1u << 25)
#define RCC_PLLCFGR_PLLM_SHIFT 0
#define RCC_PLLCFGR_PLLM (0x3Fu << 0)
#define RCC_PLLCFGR_PLLN_SHIFT 6
#define RCC_PLLCFGR_PLLN (0x1FFu << 6)
#define RCC_PLLCFGR_PLLP_SHIFT 16
#define RCC_PLLCFGR_PLLP (3u << 16)
#define RCC_PLLCFGR_PLLSRC (1u << 22)
#define RCC_PLLCFGR_PLLQ_SHIFT 24
#define RCC_PLLCFGR_PLLQ (0xFu << 24)
#define RCC_CFGR_SW (3u << 0)
#define RCC_CFGR_SW_PLL (2u << 0)
#define RCC_CFGR_SWS (3u << 2)
#define RCC_CFGR_SWS_HSE (1u << 2)
#define RCC_CFGR_SWS_PLL (2u << 2)
#define RCC_CFGR_HPRE_SHIFT 4
#define RCC_CFGR_HPRE (0xFu << 4)
#define RCC_CFGR_PPRE1_SHIFT 10
#define RCC_CFGR_PPRE1 (7u << 10)
#define RCC_CFGR_PPRE1_DIV4 (5u << 10)
#define RCC_CFGR_PPRE2_SHIFT 13
#define RCC_CFGR_PPRE2 (7u << 13)
#define RCC_CFGR_PPRE2_DIV2 (4u << 13)
#define RCC_AHB1RSTR_ETHMACRST (1u << 25)
#define RCC_AHB1ENR_GPIO(port) (1u << ((port) - 'A'))
#define RCC_AHB1ENR_ETHMACEN (1u << 25)
#define RCC_AHB1ENR_ETHMACTXEN (1u << 26)
#define RCC_AHB1ENR_ETHMACRXEN (1u << 27)
#define RCC_APB1ENR_TIM2EN (1u << 0)
#define RCC_APB1ENR_PWREN (1u << 28)
#define RCC_APB2ENR_USART1EN (1u << 4)
#define RCC_APB2ENR_SYSCFGEN (1u << 14)

/* FLASH interface, chapter 3 */
struct Flash {
    volatile uint32_t ACR;
};
#define FLASH ((struct Flash *) 0x40023C00u)
#define FLASH_ACR_LATENCY 0xFu
#define FLASH_ACR_LATENCY_5WS 5u
#define FLASH_ACR_PRFTEN (1u << 8)
#define FLASH_ACR_ICEN (1u << 9)
#define FLASH_ACR_DCEN (1u << 10)

/* GPIO, chapter 8 */
struct Gpio {
    volatile uint32_t MODER, OTYPER, OSPEEDR, PUPDR, IDR, ODR, BSRR, LCKR, AFR[2];
};
#define GPIO(port) ((struct Gpio *) (0x40020000u + 0x400u * (uint32_t) ((port) - 'A')))

/* SYSCFG, chapter 9 */
struct Syscfg {
    volatile uint32_t MEMRMP, PMC;
};
#define SYSCFG ((struct Syscfg *) 0x40013800u)
#define SYSCFG_MEMRMP_MEM_MODE (7u << 0)
#define SYSCFG_MEMRMP_SDRAM (4u << 0)
#define SYSCFG_PMC_MII_RMII_SEL (1u << 23)

/* TIM2 to TIM5, chapter 18 */
struct Timer {
    volatile uint32_t CR1, CR2, SMCR, DIER, SR, EGR, CCMR1, CCMR2, CCER, CNT, PSC, ARR;
};
#define TIM2 ((struct Timer *) 0x40000000u)
#define TIM_CR1_CEN (1u << 0)
#define TIM_EGR_UG (1u << 0)
#define TIM_SR_UIF (1u << 0)

/* USART, chapter 30 */
struct Usart {
    volatile uint32_t SR, DR, BRR, CR1, CR2, CR3, GTPR;
};
#define USART1 ((struct Usart *) 0x40011000u)
#define USART_SR_TC (1u << 6)
#define USART_SR_TXE (1u << 7)
#define USART_CR1_RE (1u << 2)
#define USART_CR1_TE (1u << 3)
#define USART_CR1_TXEIE (1u << 7)
#define USART_CR1_UE (1u << 13)

/* Ethernet MAC and its DMA, chapter 33 */
struct EthernetMac {
    volatile uint32_t MACCR, MACFFR, MACHTHR, MACHTLR, MACMIIAR, MACMIIDR, MACFCR, MACVLANTR;
    volatile uint32_t reserved_20[2], MACRWUFFR, MACPMTCSR, reserved_30, MACDBGR, MACSR, MACIMR;
    volatile uint32_t MACA0HR, MACA0LR;
};
#define ETH_MAC ((struct EthernetMac *) 0x40028000u)
#define ETH_MACCR_RE (1u << 2)
#define ETH_MACCR_TE (1u << 3)
#define ETH_MACCR_DM (1u << 11)
#define ETH_MACCR_FES (1u << 14)
#define ETH_MACMIIAR_MB (1u << 0)
#define ETH_MACMIIAR_MW (1u << 1)
#define ETH_MACMIIAR_CR_DIV102 (4u << 2)
#define ETH_MACMIIAR_MR_SHIFT 6
#define ETH_MACMIIAR_PA_SHIFT 11

struct EthernetDma {
    volatile uint32_t DMABMR, DMATPDR, DMARPDR, DMARDLAR, DMATDLAR, DMASR, DMAOMR, DMAIER, DMAMFBOCR;
};
#define ETH_DMA ((struct EthernetDma *) 0x40029000u)
#define ETH_DMABMR_SR (1u << 0)
#define ETH_DMABMR_EDFE (1u << 7)
#define ETH_DMABMR_PBL(beats) ((beats) << 8)
#define ETH_DMABMR_FB (1u << 16)
#define ETH_DMABMR_RDP(beats) ((beats) << 17)
#define ETH_DMABMR_USP (1u << 23)
#define ETH_DMABMR_AAB (1u << 25)
#define ETH_DMASR_TS (1u << 0)
#define ETH_DMASR_RS (1u << 6)
#define ETH_DMASR_RBUS (1u << 7)
#define ETH_DMASR_FBES (1u << 13)
#define ETH_DMASR_AIS (1u << 15)
#define ETH_DMASR_NIS (1u << 16)
#define ETH_DMAOMR_SR (1u << 1)
#define ETH_DMAOMR_OSF (1u << 2)
#define ETH_DMAOMR_ST (1u << 13)
#define ETH_DMAOMR_FTF (1u << 20)
#define ETH_DMAOMR_TSF (1u << 21)
#define ETH_DMAOMR_RSF (1u << 25)
#define ETH_DMAIER_TIE (1u << 0)
#define ETH_DMAIER_RIE (1u << 6)
#define ETH_DMAIER_RBUIE (1u << 7)
#define ETH_DMAIER_FBEIE (1u << 13)
#define ETH_DMAIER_AISE (1u << 15)
#define ETH_DMAIER_NISE (1u << 16)

/* Enhanced descriptors: the four words of normal ones, and four more for status and time stamps. */
struct EthernetDescriptor {
    volatile uint32_t DES0, DES1, DES2, DES3, DES4, DES5, DES6, DES7;
};
#define TDES0_OWN (1u << 31)
#define TDES0_IC (1u << 30)
#define TDES0_LS (1u << 29)
#define TDES0_FS (1u << 28)
#define TDES0_CIC_FULL (3u << 22)
#define TDES0_TCH (1u << 20)
#define TDES0_ES (1u << 15)
#define RDES0_OWN (1u << 31)
#define RDES0_FL_SHIFT 16
#define RDES0_FL 0x3FFFu
#define RDES0_ES (1u << 15)
#define RDES0_FS (1u << 9)
#define RDES0_LS (1u << 8)
#define RDES1_RCH (1u << 14)

#endif
