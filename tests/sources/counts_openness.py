"""What the recorded files of the openness index give, reviewed against the files: one system each."""

from __future__ import annotations

from tests.sources.counts import Counts

SYSTEMS = """
    33x-coder AMD_Nitro_Diffusion AMD_OLMo AlchemistCoder AltDiffusion Apertus Apriel AquilaChat
    AquilaCode Arabic_StableLM AudioLDM BELLE BERT BTLM Baguettotron Baichuan Bark Bielik BindWeave
    BitNet Bria CT-LLM CascadeV ChatMusician Claire CodeGeeX CodeGemma CodeGen CodeLlama CodeUp
    CogVideoX CogView Cogito Conversational_Speech_Model Cosmos Crystal DeepFloyd DeepHermes
    DeepSeek-Coder Devstral DreamVideo EXAONE EuroLLM FLUX Falcon FastChat-T5 Fietje GANSynth GLM
    GPT-NeoXT GPT-OSS GPT-SW Geitje Gemma Gemma_Japanese Granite Granite_Code Grok Guru H2O-Danube
    Hunyuan HunyuanVideo Infinity-Instruct Instella InstructCodeT5 InternLM JASCO Jais Jamba K2 KimiK2.5
    LFM LTX-Video Ling Llama-Nemotron Llama-Sherkala LongAlign Lucie MAGNeT MPT Magenta Magicoder Marco
    Maya MimicMotion Minimax Mistral MobileLLM Mochi ModelScopeT2V MusicGen MusicLDM Mustango NOVA_Video
    Nanbeige Neo NeuralChat NextStep NexusRaven OLMo OPT Occiglot Olmo_3_RL-Zero_Code OmniGen
    Omnilingual_ASR Open-Assistant Open-Sora OpenChat OpenCodeInterpreter OpenELM OpenMoE Persimmon Phi
    PixArt Poro Pythia Qwen-Coder Qwen RWKV Rave RedPajama Reka_Flash SDXL-Lightning SQLCoder Salamandra
    SantaCoder Saul Seed-OSS SkyReels SkyWorks-OR1 Snowflake_Arctic Solar StableAudio Stable_Beluga
    StarChat StarCoder Starling Step-Video StripedHyena SynLogic T5 TangoFlux TeleChat Teuken TildeOpen
    Tulu VGen Vicuna VideoCrafter Wan WaveCoder Whisper WizardLM XBai XGen XVERSE Xwin-LM Yi-Coder Yi
    YuLan Zephyr airoboros alpaca amber bloomz command-a deepseek-R1 deepseek-v3 dolly dots_llm eurus
    kimi koala leo llama-2-chat llama-3-instruct llama-3.1 llama-3.3 llama-4 lumo mT0 mimo minChatGPT
    minerva mistral-nemo openjourney pharia smollm stable-diffusion stablevicuna ultraLM viking
"""
OPENNESS = {
    **{f"osai/2026-06-12/{name}.yaml": Counts(release=1, licence=1, openness=12) for name in SYSTEMS.split()},
    "osai/2026-06-12/DynamiCrafter.yaml": Counts(release=1, openness=12),
    "osai/main-database@2025-05-12.tar.gz": Counts(release=127, licence=127, openness=1778),
}
